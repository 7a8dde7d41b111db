import { type BrokenAsset, changeLines, type DiffedBreak } from "@dagster-sigma/asset-graph/difference";
import type { AssetKind } from "@dagster-sigma/asset-graph/presentation";
import type { Comparison } from "../state/comparison.ts";

/** One changed asset, as a row of the table. */
export interface ChangeRow {
  readonly what: "added" | "removed" | "changed";
  readonly name: string;
  readonly key: string;
  readonly kind: AssetKind;
  readonly folder: readonly string[];
  /** Number in the present graph; null if it is gone. */
  readonly asset: number | null;
  readonly lines: readonly string[];
  readonly breaks: readonly (BrokenAsset & DiffedBreak)[];
}

/** What breaks something comes first, then what is gone, has changed, and is new. */
export function changeRows({ before, now, diff, named }: Comparison): readonly ChangeRow[] {
  const rows = [
    ...diff.removed.map(({ before: asset, breaks }, at): ChangeRow => {
      const { key, name, folder } = before.graph.asset(asset);
      const kind = before.graph.kindOf(asset);
      const all = paired(breaks, named.removed[at]?.breaks);
      return { what: "removed", name, key, kind, folder, asset: null, lines: [], breaks: all };
    }),
    ...diff.changed.map((change, at): ChangeRow => {
      const { key, name, folder } = now.graph.asset(change.now);
      const text = named.changed[at];
      return {
        what: "changed",
        name,
        key,
        kind: now.graph.kindOf(change.now),
        folder,
        asset: change.now,
        lines: text === undefined ? [] : changeLines(text),
        breaks: paired(change.breaks, text?.breaks),
      };
    }),
    ...diff.added.map((asset): ChangeRow => {
      const { key, name, folder } = now.graph.asset(asset);
      return {
        what: "added",
        name,
        key,
        kind: now.graph.kindOf(asset),
        folder,
        asset,
        lines: [],
        breaks: [],
      };
    }),
  ];
  return [
    ...rows.filter(({ breaks }) => breaks.length > 0),
    ...rows.filter(({ breaks }) => breaks.length === 0),
  ];
}

function paired(
  numbers: readonly BrokenAsset[],
  names: readonly DiffedBreak[] = [],
): readonly (BrokenAsset & DiffedBreak)[] {
  return numbers.flatMap((broken, at) => {
    const name = names[at];
    return name === undefined ? [] : [{ ...broken, ...name }];
  });
}
