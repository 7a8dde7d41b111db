import type { AssetSpec } from "../assets/asset-spec.ts";
import { AssetGraph } from "../graph/asset-graph.ts";
import { comparedGraph } from "./compared-graph.ts";
import { type AssetsDiff, describeDiff } from "./describe-diff.ts";
import { diffGraphs } from "./diff-graphs.ts";

/**
 * Compares two loads of assets. Assets match if they represent the same object of their tool, whatever their keys;
 * assets without an object match by key.
 *
 * @throws AssetGraphError if the assets of a load are no graph
 */
export function diffAssets(before: readonly AssetSpec[], now: readonly AssetSpec[]): AssetsDiff {
  const [was, is] = [comparedGraph(AssetGraph.build(before)), comparedGraph(AssetGraph.build(now))];
  return describeDiff(was, is, diffGraphs(was, is));
}
