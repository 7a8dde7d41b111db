import { pageOf } from "../rules/container-rules.ts";
import { column, element, materialization, page, query, schedule } from "../rules/content-rows.ts";
import {
  dataModel,
  dataModelTag,
  dataset,
  datasetRun,
  report,
  version,
  versionTag,
  workbook,
  workbookTag,
} from "../rules/document-rows.ts";
import { elementLineage, lineageRow, source } from "../rules/lineage-rows.ts";
import { member, team, teamMember, whoAmI, workspace } from "../rules/people-rows.ts";
import { spec } from "../rules/spec-rows.ts";
import type { ValueRule } from "../rules/value-rule.ts";
import { connection, connectionPath, file, tableColumn } from "../rules/warehouse-rows.ts";

/**
 * What a recording keeps of each route's answers. Answers of other routes are recorded without their bodies. A field that its
 * row does not list is left out. `docs/reference/recording.md` is generated from this table.
 */
export const routeTable: Readonly<Record<string, ValueRule>> = {
  "GET /v2/whoami": whoAmI,

  "GET /v2/workbooks": pageOf(workbook),
  "GET /v2/workbooks/{id}": workbook,
  "GET /v2/workbooks/{id}/pages": pageOf(page),
  "GET /v2/workbooks/{id}/pages/{id}/elements": pageOf(element),
  "GET /v2/workbooks/{id}/elements": pageOf(element),
  "GET /v2/workbooks/{id}/elements/{id}/columns": pageOf(column),
  "GET /v2/workbooks/{id}/elements/{id}/query": query,
  "GET /v2/workbooks/{id}/columns": pageOf(column),
  "GET /v2/workbooks/{id}/lineage": pageOf(lineageRow),
  "GET /v2/workbooks/{id}/lineage/elements/{id}": elementLineage,
  "GET /v2/workbooks/{id}/sources": pageOf(source),
  "GET /v2/workbooks/{id}/queries": pageOf(query),
  "GET /v2/workbooks/{id}/tags": pageOf(workbookTag),
  "GET /v2/workbooks/{id}/version-history": pageOf(version),
  "GET /v2/workbooks/{id}/spec": spec,
  "GET /v2/workbooks/{id}/materialization-schedules": pageOf(schedule),
  "GET /v2/workbooks/{id}/materializations/{id}": materialization,
  "POST /v2/workbooks/{id}/materializations": materialization,

  "GET /v2/dataModels": pageOf(dataModel),
  "GET /v2/dataModels/{id}": dataModel,
  "GET /v2/dataModels/{id}/elements": pageOf(element),
  "GET /v2/dataModels/{id}/columns": pageOf(column),
  "GET /v2/dataModels/{id}/lineage": pageOf(lineageRow),
  "GET /v2/dataModels/{id}/sources": pageOf(source),
  "GET /v2/dataModels/{id}/tags": pageOf(dataModelTag),
  "GET /v2/dataModels/{id}/spec": spec,
  "GET /v2/dataModels/{id}/materializationSchedules": pageOf(schedule),
  "GET /v2/dataModels/{id}/materializations/{id}": materialization,
  "POST /v2/dataModels/{id}:materialize": materialization,

  "GET /v2/reports": pageOf(report),
  "GET /v2/reports/{id}": report,
  "GET /v2/reports/{id}/elements": pageOf(element),
  "GET /v2/reports/{id}/columns": pageOf(column),
  "GET /v2/reports/{id}/lineage": pageOf(lineageRow),
  "GET /v2/reports/{id}/spec": spec,
  "GET /v2/reports/{id}/materializations/{id}": materialization,

  "GET /v2/datasets": pageOf(dataset),
  "GET /v2/datasets/{id}": dataset,
  "GET /v2/datasets/{id}/sources": pageOf(source),
  "GET /v2/datasets/{id}/materialization": pageOf(datasetRun),

  "GET /v2/files": pageOf(file),
  "GET /v2/files/{id}": file,
  "GET /v2/connections": pageOf(connection),
  "GET /v2/connections/paths": pageOf(connectionPath),
  "GET /v2/connections/paths/{id}": connectionPath,
  "GET /v2/connections/tables/{id}/columns": pageOf(tableColumn),
  "GET /v2/connections/{id}": connection,

  "GET /v2/members": pageOf(member),
  "GET /v2/members/{id}": member,
  "GET /v2/teams": pageOf(team),
  "GET /v2/teams/{id}": team,
  "GET /v2/teams/{id}/members": pageOf(teamMember),
  "GET /v2/workspaces": pageOf(workspace),
  "GET /v2/workspaces/{id}": workspace,
  "GET /v2/tags": pageOf(versionTag),
  "GET /v2/tags/{id}/workbooks": pageOf(workbook),
};
