import type { AssetNode } from "../graph/asset-graph.ts";

/**
 * The dependencies of a graph as pairs of numbers: what is read, and what reads it.
 *
 * @param nodes all nodes of the graph; each is numbered by its place
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
