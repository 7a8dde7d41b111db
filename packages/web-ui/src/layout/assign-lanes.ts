import type { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import type { AssetKind } from "@dagster-sigma/asset-graph/presentation";
import { groupBy } from "@dagster-sigma/foundation";
import { topologicalOrder } from "../model/topological-order.ts";

/** A column of the picture: nothing further left depends on anything in it. */
export interface Lane {
  readonly title: string;
  readonly assets: readonly number[];
}

/**
 * Assigns assets to lanes by the rank of their kind, and within a rank by the length of dependency chains. Every edge
 * leads to a lane further right: if ranks contradict an edge, the downstream asset moves right.
 *
 * @param assets those in the picture; others are ignored
 */
export function assignLanes(
  assets: readonly number[],
  index: GraphIndex,
  kindOf: (asset: number) => AssetKind,
): readonly Lane[] {
  const places = placesOfRanks(assets.map((asset) => kindOf(asset).rank));
  const ranks = new Int32Array(index.count).fill(-1);
  const levels = new Int32Array(index.count);
  for (const asset of topologicalOrder(index, assets)) {
    let rank = places.get(kindOf(asset).rank) ?? 0;
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
  // No chain is longer than the number of assets.
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

/** Ranks may be any numbers; this maps each to its position among the distinct ranks. */
function placesOfRanks(ranks: readonly number[]): ReadonlyMap<number, number> {
  const sorted = [...new Set(ranks)].sort((a, b) => a - b);
  return new Map(sorted.map((rank, place) => [rank, place]));
}

/** The plural of the most frequent kind in the lane. */
function titleOf(assets: readonly number[], kindOf: (asset: number) => AssetKind): string {
  const kinds = [...groupBy(assets.map(kindOf), ({ id }) => id).values()];
  const [most] = kinds.sort((a, b) => b.length - a.length);
  return most?.[0]?.plural ?? "";
}
