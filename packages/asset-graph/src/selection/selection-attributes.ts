import type { ValueAttribute } from "./selection-expression.ts";

/** What each attribute selects by. */
export const selectionAttributes: Readonly<Record<ValueAttribute | "tag", string>> = {
  key: "the asset's key, `*` for any characters",
  group: "its group, `*` for any characters",
  owner: "an owner, or <null> for none",
  kind: "a kind, or <null> for none",
  tag: "a tag, with its value or with an empty one",
  column: "a column, `*` for any characters",
  table_name: "the warehouse table behind it, `*` for any characters",
  is: "external or materializable",
};

/** What `is:` may hold. */
export const isValues: readonly string[] = ["external", "materializable"];

/** Attributes of Dagster's syntax that nothing here can answer, and why. */
export const refusedAttributes: Readonly<Record<string, string>> = {
  code_location: "which code location an asset comes from is known only to the Dagster that loads it",
  status: "whether an asset was materialized is known only to a running Dagster",
  column_tag: "tags of columns are kept by Dagster's catalogue",
  changed_in_branch: "what changed in a branch is known only to a Dagster with branch deployments",
  partitions: "assets here have no partitions; those of other code are known to Dagster",
  automation_type: "what automates an asset is known only to a running Dagster",
  sensor: "which sensor targets an asset is known only to a running Dagster",
  schedule: "which schedule targets an asset is known only to a running Dagster",
  job: "which job holds an asset is known only to a running Dagster",
};
