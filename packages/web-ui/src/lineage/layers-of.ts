import type { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import { topologicalOrder } from "../model/topological-order.ts";

/** Layers of assets around one: 0 for itself, negative upstream, positive downstream. */
export interface Layers {
  readonly layerOf: ReadonlyMap<number, number>;
  /** Number of layers at each side. */
  readonly left: number;
  readonly right: number;
}

export interface Steps {
  readonly up: number;
  readonly down: number;
  /**
   * Number of layers that there may be at each side in addition to the steps. 0: direct neighbors that also read each other
   * share a layer. Default: 1.
   */
  readonly more?: 0 | 1;
}

/**
 * The layer of an asset is the length of the longest way to the center among the assets within the given steps, so that what an
 * asset reads is in a layer before it, except in the outermost layers.
 */
export function layersOf(index: GraphIndex, center: number, { up, down, more = 1 }: Steps): Layers {
  const layerOf = new Map<number, number>([[center, 0]]);
  const upstream = [...index.walkUp([center], up).keys()].filter((asset) => asset !== center);
  const downstream = [...index.walkDown([center], down).keys()].filter((asset) => asset !== center);
  let left = 0;
  for (const asset of [...topologicalOrder(index, upstream)].reverse()) {
    const nearest = farthest(index.downstream(asset), layerOf, -1);
    const layer = Math.max(-up - more, nearest - 1);
    layerOf.set(asset, layer);
    left = Math.max(left, -layer);
  }
  let right = 0;
  const isUpstream = new Set(upstream);
  for (const asset of topologicalOrder(index, downstream)) {
    const readable = [...index.upstream(asset)].filter((other) => !isUpstream.has(other));
    const nearest = farthest(Int32Array.from(readable), layerOf, 1);
    const layer = Math.min(down + more, nearest + 1);
    layerOf.set(asset, layer);
    right = Math.max(right, layer);
  }
  return { layerOf, left, right };
}

function farthest(others: Int32Array, layerOf: ReadonlyMap<number, number>, sign: 1 | -1): number {
  let found = 0;
  for (const other of others) {
    const layer = layerOf.get(other);
    if (layer !== undefined && layer * sign >= 0)
      found = sign === 1 ? Math.max(found, layer) : Math.min(found, layer);
  }
  return found;
}

/**
 * As many steps as fit: two at each side to begin with; the deeper side loses steps first. If one at each side does not fit either, there is
 * no layer more than steps.
 */
export function fittingSteps(
  index: GraphIndex,
  center: number,
  mostLayers: number,
  chosen: { readonly up: number | null; readonly down: number | null },
): Steps {
  let up = chosen.up ?? 2;
  let down = chosen.down ?? 2;
  for (;;) {
    const { left, right } = layersOf(index, center, { up, down });
    if (left + right + 1 <= mostLayers) return { up, down };
    const canUp = chosen.up === null && up > 1;
    const canDown = chosen.down === null && down > 1;
    if (canUp && (left >= right || !canDown)) up--;
    else if (canDown) down--;
    else return { up, down, more: chosen.up === null && chosen.down === null ? 0 : 1 };
  }
}
