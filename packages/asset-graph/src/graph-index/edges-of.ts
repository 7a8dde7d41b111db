import type { AssetNode } from "../graph/asset-graph.ts";

/**
 * The dependencies of a graph as pairs of numbers: upstream, downstream.
 *
 * @param nodes all nodes of the graph; an asset's number is its position
 */
export function edgesOf(nodes: readonly AssetNode[]): readonly number[] {
  const numbers = new Map(nodes.map(({ spec }, at) => [spec.key.toString(), at]));
  return nodes.flatMap(({ upstream }, to) =>
    upstream.flatMap((key) => {
      const from = numbers.get(key.toString());
      return from === undefined ? [] : [from, to];
    }),
  );
}
