import type { RunTags } from "./condition-node.ts";

/** Tags that runs must have. */
export interface RunTagsOptions {
  /** Keys of tags with any value. */
  readonly tagKeys?: Iterable<string>;
  /** Tags with their values. */
  readonly tagValues?: Readonly<Record<string, string>>;
}

/** Sorted and without duplicates, as Dagster stores them. */
export function runTags({ tagKeys, tagValues }: RunTagsOptions): RunTags {
  return {
    tagKeys: tagKeys === undefined ? null : [...new Set(tagKeys)].sort(),
    tagValues: tagValues === undefined ? null : Object.fromEntries(Object.entries(tagValues).sort(byFirst)),
  };
}

function byFirst([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
