import type { ValueAttribute } from "./selection-expression.ts";

/** Attributes that Dagster's syntax does not have. Their names stay valid as unquoted values. */
const ownAttributes = {
  folder: "folder, with the folders in it; `*` matches any characters",
  problem: "error, warning, or <null> for assets without a problem",
  changed_since: "changed on or after a day in UTC, for example 2026-01-31",
  changed_before: "last changed before a day in UTC, for example 2026-01-31",
} as const;

/** The attributes of Dagster's syntax, with descriptions. */
export const dagsterAttributes = {
  key: "asset key, `*` matches any characters",
  group: "group, `*` matches any characters",
  owner: "owner, or <null> for assets without one",
  kind: "kind, or <null> for assets without one",
  tag: "tag, with its value or an empty value",
  column: "column, `*` matches any characters",
  table_name: "warehouse table, `*` matches any characters",
  is: "external or materializable",
} as const;

/** The attributes of selections, with descriptions. */
export const selectionAttributes: Readonly<Record<ValueAttribute | "tag", string>> = {
  ...dagsterAttributes,
  ...ownAttributes,
};

/** Values of `is:`. */
export const isValues: readonly string[] = ["external", "materializable"];

/** Values of `problem:`. */
export const problemValues: readonly string[] = ["error", "warning"];

/** Attributes of Dagster's syntax that cannot be evaluated here, and why. */
export const refusedAttributes: Readonly<Record<string, string>> = {
  code_location: "only the Dagster that loads an asset knows its code location",
  status: "only a running Dagster knows whether an asset was materialized",
  column_tag: "column tags are stored in Dagster's catalog",
  changed_in_branch: "only a Dagster with branch deployments knows what changed in a branch",
  partitions: "assets here have no partitions, and only a running Dagster knows those of other assets",
  automation_type: "only a running Dagster knows what automates an asset",
  sensor: "only a running Dagster knows which sensors target an asset",
  schedule: "only a running Dagster knows which schedules target an asset",
  job: "only a running Dagster knows which jobs contain an asset",
};
