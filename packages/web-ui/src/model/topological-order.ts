import type { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";

/**
 * Orders assets so that each comes after its upstream assets among them. Cycles, which definitions rule out, come
 * last.
 *
 * @param assets the assets to order. Default: all
 */
export function topologicalOrder(
  index: GraphIndex,
  assets: readonly number[] = Array.from({ length: index.count }, (_asset, at) => at),
): readonly number[] {
  const waitingFor = new Int32Array(index.count).fill(-1);
  for (const asset of assets) waitingFor[asset] = 0;
  for (const asset of assets)
    for (const upstream of index.upstream(asset))
      if (waitingFor[upstream] !== -1) waitingFor[asset] = (waitingFor[asset] as number) + 1;
  const order = assets.filter((asset) => waitingFor[asset] === 0);
  for (let at = 0; at < order.length; at++) {
    for (const reader of index.downstream(order[at] as number)) {
      const left = waitingFor[reader] as number;
      if (left < 0) continue;
      waitingFor[reader] = left - 1;
      if (left === 1) order.push(reader);
    }
  }
  if (order.length === assets.length) return order;
  const ordered = new Set(order);
  return [...order, ...assets.filter((asset) => !ordered.has(asset))];
}
