import { type Impact, type ImpactedAsset, sortImpact } from "./build-impact.ts";
import type { ImpactGraph } from "./impact-graph.ts";

/** What several changes affect together. An asset that one of them affects for certain is affected for certain. */
export function mergeImpacts(graph: ImpactGraph, impacts: readonly Impact[]): Impact {
  const [only] = impacts;
  if (only !== undefined && impacts.length === 1) return only;
  const merged = new Map<number, ImpactedAsset>();
  for (const impacted of impacts.flatMap(({ assets }) => assets)) {
    const known = merged.get(impacted.asset);
    merged.set(impacted.asset, known === undefined ? impacted : mergeAsset(known, impacted));
  }
  const unaffected = new Set(impacts.flatMap((impact) => impact.unaffected));
  return sortImpact(graph, {
    assets: [...merged.values()],
    unaffected: [...unaffected].filter((asset) => !merged.has(asset)).sort((a, b) => a - b),
  });
}

function mergeAsset(one: ImpactedAsset, other: ImpactedAsset): ImpactedAsset {
  const all = <Item>(a: readonly Item[], b: readonly Item[]): readonly Item[] => [...new Set([...a, ...b])];
  return {
    asset: one.asset,
    hops: Math.min(one.hops, other.hops),
    through: all(one.through, other.through),
    columns: all(one.columns, other.columns),
    elements: all(one.elements, other.elements),
    certainty: one.certainty === "column" || other.certainty === "column" ? "column" : "asset",
  };
}
