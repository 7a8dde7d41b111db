import type {
  DataModelRow,
  DataModelTag,
  DatasetMaterializationRow,
  DatasetMigration,
  DatasetRow,
  ReportRow,
  VersionRow,
  VersionTagRow,
  WorkbookRow,
  WorkbookTag,
} from "@dagster-sigma/sigma-client";
import { type FieldRules, list, row, textOr } from "./container-rules.ts";
import { errorAnswer } from "./error-row.ts";
import { migrationStatus, runStatus, tagColor } from "./known-values.ts";
import { amount, flag, freeText, id, name, number, path, time, url } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** Rows of workbooks, data models, reports, datasets and version tags. */

export const audit: Readonly<
  Record<"createdBy" | "updatedBy" | "createdAt" | "updatedAt" | "isArchived", ValueRule>
> = {
  createdBy: id,
  updatedBy: id,
  createdAt: time,
  updatedAt: time,
  isArchived: flag,
};

const documentFields = {
  ...audit,
  name,
  url,
  path,
  latestVersion: number,
  ownerId: id,
  description: freeText,
} satisfies FieldRules;

export const workbookTag: ValueRule = row<WorkbookTag>("tag of a workbook", {
  versionTagId: id,
  name,
  sourceWorkbookVersion: number,
  taggedWorkbookId: id,
  workbookTaggedAt: time,
});

export const workbook: ValueRule = row<WorkbookRow>("workbook", {
  ...documentFields,
  workbookId: id,
  workbookUrlId: id,
  tags: list(workbookTag),
});

export const dataModelTag: ValueRule = row<DataModelTag>("tag of a data model", {
  versionTagId: id,
  tagName: name,
  sourceVersion: number,
  taggedAt: time,
});

export const dataModel: ValueRule = row<DataModelRow>("data model", {
  ...documentFields,
  dataModelId: id,
  dataModelUrlId: id,
  urlId: id,
  tags: list(dataModelTag),
});

export const report: ValueRule = row<ReportRow>("report", {
  ...documentFields,
  reportId: id,
  reportUrlId: id,
});

export const dataset: ValueRule = row<DatasetRow>("dataset", {
  ...audit,
  datasetId: id,
  name,
  description: freeText,
  url,
  path,
  owner: id,
  referenceCount: number,
  migrationStatus,
  migrationToDataModel: row<DatasetMigration>("migration of a dataset", {
    dataModelId: id,
    dataModelUrl: url,
    migratedAt: time,
    migratedBy: id,
  }),
});

export const datasetRun: ValueRule = row<DatasetMaterializationRow>("run of a dataset", {
  status: runStatus,
  finishedAt: time,
  error: textOr(freeText, errorAnswer),
  runtimeSecs: amount,
  numRows: amount,
  numBytes: amount,
});

export const version: ValueRule = row<VersionRow>("version", {
  version: number,
  publishedAt: time,
  publishedBy: id,
});

export const versionTag: ValueRule = row<VersionTagRow>("version tag", {
  ...audit,
  versionTagId: id,
  name,
  description: freeText,
  color: tagColor,
  ownerId: id,
});
