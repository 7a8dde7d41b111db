import { enclosingFolders } from "@dagster-sigma/asset-graph/selection";
import type { GraphModel } from "../model/graph-model.ts";
import type { PageAsset } from "../model/page-graph.ts";
import { compareNames } from "../overview/place-tree.ts";
import type { Filter, FilterValue } from "./filter.ts";

/** A value that a filter offers. */
export interface FilterOption extends FilterValue {
  readonly label: string;
  /** Number of assets. */
  readonly count: number;
}

const daySeconds = 86_400;

/** What a filter offers, with numbers of assets. @param now in seconds since the epoch */
export function filterOptions(filter: Filter, model: GraphModel, now: number): readonly FilterOption[] {
  const { assets } = model;
  switch (filter) {
    case "kind":
      return optionsOf("kind", assets, ({ kinds }) => kinds, "No kind");
    case "folder":
      return optionsOf("folder", assets, ({ folder }) => enclosingFolders(folder), "No folder");
    case "owner":
      return optionsOf("owner", assets, ({ owners }) => owners, "No owner");
    case "problem": {
      const count = (severities: readonly string[]): number =>
        assets.filter((_asset, at) => severities.includes(model.problemOf(at) ?? "")).length;
      return [
        {
          attribute: "problem",
          value: "*",
          label: "Errors and warnings",
          count: count(["error", "warning"]),
        },
        { attribute: "problem", value: "error", label: "Errors", count: count(["error"]) },
        { attribute: "problem", value: "warning", label: "Warnings", count: count(["warning"]) },
      ];
    }
    case "changed":
      return (
        [
          ["changed_since", 7, "In the last 7 days"],
          ["changed_since", 30, "In the last 30 days"],
          ["changed_before", 90, "Not in the last 90 days"],
          ["changed_before", 365, "Not in the last year"],
        ] as const
      ).map(([attribute, days, label]) => {
        const start = Math.floor(now / daySeconds - days) * daySeconds;
        const count = assets.filter(
          ({ updatedAt }) =>
            updatedAt !== null && (attribute === "changed_since" ? updatedAt >= start : updatedAt < start),
        ).length;
        const value = new Date(start * 1_000).toISOString().slice(0, 10);
        return { attribute, value, label, count };
      });
  }
}

/** The values that assets have, by name, and last the assets without one. */
function optionsOf(
  attribute: "kind" | "folder" | "owner",
  assets: readonly PageAsset[],
  valuesOf: (asset: PageAsset) => readonly string[],
  without: string,
): readonly FilterOption[] {
  const counts = new Map<string, number>();
  let others = 0;
  for (const asset of assets) {
    const values = valuesOf(asset);
    if (values.length === 0) others++;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const options = [...counts]
    // The syntax cannot express these.
    .filter(([value]) => !/["\\\r\n]/.test(value))
    .sort(([a], [b]) => compareNames(a, b))
    .map(([value, count]) => ({ attribute, value, label: value.replaceAll("/", " / "), count }));
  return others === 0 ? options : [...options, { attribute, value: null, label: without, count: others }];
}
