import type { AssetGraph, AssetNode } from "../graph/asset-graph.ts";
import type { ColumnIndex } from "../graph-index/column-index.ts";
import type { ImpactGraph } from "../impact/impact-graph.ts";
import { indexDefinitions } from "../impact/index-definitions.ts";
import { type AssetIdentity, identityOf } from "./asset-identities.ts";

/** One of the two graphs that are compared; assets by number. */
export interface ComparedGraph {
  readonly graph: ImpactGraph;
  readonly columns: ColumnIndex;
  readonly assets: readonly ComparedAsset[];
}

/** What a comparison needs to know of an asset besides its place in the graph. */
export interface ComparedAsset {
  readonly identity: AssetIdentity;
  /** Version of its document; null if it is unknown. */
  readonly version: number | null;
  /** True if it only stands for an upstream asset: such an asset is neither added nor removed. */
  readonly isStub: boolean;
}

/** Prepares the graph of definitions for {@link diffGraphs}. Takes linear time. */
export function comparedGraph(assetGraph: AssetGraph): ComparedGraph {
  const { graph, columns } = indexDefinitions(assetGraph);
  return { graph, columns, assets: [...assetGraph.nodes.values()].map(comparedAsset) };
}

/** What a comparison needs of one asset. */
export function comparedAsset({ spec, isStub }: Pick<AssetNode, "spec" | "isStub">): ComparedAsset {
  return { identity: identityOf(spec), version: spec.origin?.object?.version ?? null, isStub };
}
