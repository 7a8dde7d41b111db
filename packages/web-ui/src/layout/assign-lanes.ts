import type { GraphIndex } from "../model/graph-index.ts";
import { groupBy } from "../model/group-by.ts";
import type { AssetKind } from "../model/page-graph.ts";
import { topologicalOrder } from "../model/topological-order.ts";

/** A column of the picture: everything in it is read by nothing further left. */
export interface Lane {
  readonly title: string;
  readonly assets: readonly number[];
}

/** Left to right. What is of no kind that is known stands with the tables, before what Sigma makes of them. */
const classes: Readonly<Record<AssetKind, number>> = {
  other: 0,
  table: 0,
  dataset: 1,
  dataModel: 2,
  workbook: 3,
};

const plurals: Readonly<Record<AssetKind, string>> = {
  other: "Assets",
  table: "Tables",
  dataset: "Datasets",
  dataModel: "Data models",
  workbook: "Workbooks",
};

/**
 * Sorts assets into lanes by their kind, and within a kind by how many of it stand above one another. Every edge leads to a
 * lane further right: where kinds alone would have it otherwise, the reader moves right.
 *
 * @param assets those in the picture; the others are passed over
 */
export function assignLanes(
  assets: readonly number[],
  index: GraphIndex,
  kindOf: (asset: number) => AssetKind,
): readonly Lane[] {
  const ranks = new Int32Array(index.count).fill(-1);
  const levels = new Int32Array(index.count);
  for (const asset of topologicalOrder(index, assets)) {
    let rank = classes[kindOf(asset)];
    let level = 0;
    for (const upstream of index.upstream(asset)) {
      const above = ranks[upstream] as number;
      if (above < rank) continue;
      const below = (levels[upstream] as number) + 1;
      level = above > rank ? below : Math.max(level, below);
      rank = above;
    }
    ranks[asset] = rank;
    levels[asset] = level;
  }
  // No chain is longer than there are assets.
  const lanes = groupBy(
    assets,
    (asset) => (ranks[asset] as number) * (assets.length + 1) + (levels[asset] as number),
  );
  return [...lanes.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, inLane]) => ({ title: titleOf(inLane, kindOf), assets: inLane }))
    .map(({ title, assets: inLane }, at, all) => {
      const before = all.slice(0, at).filter((lane) => lane.title === title).length;
      return { title: before === 0 ? title : `${title} · ${before + 1}`, assets: inLane };
    });
}

/** The kind that most of the lane are of. */
function titleOf(assets: readonly number[], kindOf: (asset: number) => AssetKind): string {
  const counts = new Map<AssetKind, number>();
  for (const asset of assets) counts.set(kindOf(asset), (counts.get(kindOf(asset)) ?? 0) + 1);
  const [kind = "other"] = [...counts.entries()].sort(([, a], [, b]) => b - a)[0] ?? [];
  return plurals[kind];
}
