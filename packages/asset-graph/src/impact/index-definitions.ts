import type { AssetGraph } from "../graph/asset-graph.ts";
import { resolvePresentation } from "../graph/resolve-presentation.ts";
import { buildColumnData } from "../graph-index/build-column-data.ts";
import { ColumnIndex } from "../graph-index/column-index.ts";
import { edgesOf } from "../graph-index/edges-of.ts";
import { GraphIndex } from "../graph-index/graph-index.ts";
import type { AssetKind } from "../presentation/asset-kind.ts";
import type { ImpactGraph, ImpactGraphAsset } from "./impact-graph.ts";

/** The graph of definitions, indexed for impact analysis; assets are numbered in key order. */
export interface IndexedDefinitions {
  readonly graph: ImpactGraph;
  readonly columns: ColumnIndex;
  /** Number of an asset by `AssetKey.toEscapedUserString()`; null if there is none. */
  numberOf(key: string): number | null;
}

/** Indexes a graph. Takes linear time in the number of assets, edges and columns. */
export function indexDefinitions(assetGraph: AssetGraph): IndexedDefinitions {
  const nodes = [...assetGraph.nodes.values()];
  const columns = new ColumnIndex(buildColumnData(nodes));
  const assets = nodes.map((node, number): ImpactGraphAsset & { readonly kind: AssetKind } => {
    const { name, kind, folder, url } = resolvePresentation(node);
    const { key, owners } = node.spec;
    return {
      key: key.toEscapedUserString(),
      name,
      kind,
      folder,
      owners,
      url,
      columns: columns.columnsOf(number).length,
    };
  });
  const at = (number: number): (typeof assets)[number] => {
    const asset = assets[number];
    if (asset === undefined) throw new RangeError(`There is no asset ${number}.`);
    return asset;
  };
  const numbers = new Map(assets.map(({ key }, number) => [key, number]));
  return {
    graph: {
      index: new GraphIndex(nodes.length, edgesOf(nodes)),
      asset: at,
      kindOf: (number) => at(number).kind,
    },
    columns,
    numberOf: (key) => numbers.get(key) ?? null,
  };
}
