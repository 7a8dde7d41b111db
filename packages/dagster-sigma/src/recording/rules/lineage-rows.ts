import type {
  ElementLineageRow,
  LineageEdge,
  LineageNode,
  LineageRow,
  SourceRow,
} from "@dagster-sigma/sigma-client";
import { list, record, row, textOr } from "./container-rules.ts";
import { edgeType, sourceType } from "./known-values.ts";
import { dottedName, id, name, sql } from "./scalar-rules.ts";
import { textRule, type ValueRule } from "./value-rule.ts";

/** Rows of lineage and sources. */

/** Elements refer to custom SQL by the name of its row. */
const nameOrSqlId: ValueRule = textRule("name, or id of custom SQL", (text, renaming, { type }) =>
  typeof type === "string" && type.toLowerCase() === "customsql" ? renaming.id(text) : renaming.name(text),
);

/** The name of a table with dots, or the parts of its path. */
const tableName: ValueRule = textOr(dottedName, list(name));

export const lineageRow: ValueRule = row<LineageRow>(
  "lineage",
  {
    type: sourceType,
    elementId: id,
    sourceIds: list(id),
    dataSourceIds: list(id),
    inodeId: id,
    dataModelId: id,
    dataModelUrlId: id,
    urlId: id,
    csvId: id,
    semanticViewId: id,
    semanticViewTable: tableName,
    sqlDocumentId: id,
    worksheetId: id,
    datasourceId: id,
    name: nameOrSqlId,
    inodeName: nameOrSqlId,
    connectionId: id,
    definition: sql,
  },
  { withUnknownIds: true },
);

const lineageNode: ValueRule = row<LineageNode>("node", {
  nodeId: id,
  type: sourceType,
  name,
  elementId: id,
  semanticViewTable: tableName,
});

export const elementLineage: ValueRule = row<ElementLineageRow>("lineage of an element", {
  dependencies: record((text, renaming) => renaming.id(text), lineageNode),
  edges: list(row<LineageEdge>("edge", { source: id, target: id, type: edgeType })),
});

export const source: ValueRule = row<SourceRow>("source", {
  type: sourceType,
  inodeId: id,
  tableId: id,
  datasetId: id,
  dataModelId: id,
  elementIds: list(id),
  versionTagId: id,
  connectionId: id,
  definition: sql,
  customSqlId: id,
});
