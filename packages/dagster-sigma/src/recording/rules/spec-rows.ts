import type { SpecRow } from "@dagster-sigma/sigma-client";
import { type FieldRules, list, row } from "./container-rules.ts";
import { audit } from "./document-rows.ts";
import { joinOperator, joinType, specKind } from "./known-values.ts";
import { columnId, formula, id, name, number, sql, url } from "./scalar-rules.ts";
import type { ValueRule } from "./value-rule.ts";

/** Rows of code representations. Sources contain other sources one level deep. */

const sourceFields: FieldRules = {
  kind: specKind,
  connectionId: id,
  path: list(name),
  statement: sql,
  elementId: id,
  dataModelId: id,
  inodeId: id,
};

const sourcePart: ValueRule = row("part of a source", sourceFields);

const join: ValueRule = row("join", {
  left: sourcePart,
  right: sourcePart,
  joinType,
  columns: list(row("join key", { left: formula, right: formula, op: joinOperator })),
});

const source: ValueRule = row("source in a code representation", {
  ...sourceFields,
  primarySource: sourcePart,
  joins: list(join),
  sources: list(sourcePart),
  source: sourcePart,
  matches: list(row("column of a union", { outputColumnName: name, sourceColumns: list(name) })),
});

const element: ValueRule = row("element in a code representation", {
  id,
  kind: specKind,
  name,
  source,
  columns: list(row("column in a code representation", { id: columnId, name, formula })),
  metrics: list(row("metric", { id, name, formula })),
});

export const spec: ValueRule = row<SpecRow>("code representation", {
  ...audit,
  workbookId: id,
  dataModelId: id,
  reportId: id,
  name,
  url,
  kind: specKind,
  ownerId: id,
  folderId: id,
  schemaVersion: number,
  documentVersion: number,
  latestDocumentVersion: number,
  pages: list(row("page in a code representation", { id, name, elements: list(element) })),
  elements: list(element),
});
