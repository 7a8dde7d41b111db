import type { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import type { MapLayout } from "./map-layout.ts";

/** The end of a line: an asset's card, or a closed group. */
export type EndPoint =
  | { readonly type: "asset"; readonly asset: number }
  | { readonly type: "block"; readonly block: number };

/** Edges drawn as one line because their ends are in closed groups. All arrays have equal length. */
export interface EdgeBundles {
  readonly count: number;
  /** Index of an asset, or `-1 - index` of a block. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Number of edges in the bundle. */
  readonly size: Int32Array;
}

export function endPoint(code: number): EndPoint {
  return code >= 0 ? { type: "asset", asset: code } : { type: "block", block: -code - 1 };
}

/**
 * Bundles all edges of the picture by their two end points. Edges inside a closed group are not drawn.
 *
 * @param isOpen whether a group shows its cards, by block index
 */
export function bundleEdges(
  layout: MapLayout,
  index: GraphIndex,
  isOpen: (block: number) => boolean,
): EdgeBundles {
  const open = layout.blocks.map((_block, at) => isOpen(at));
  const codeOf = (asset: number): number | null => {
    if (Number.isNaN(layout.x[asset])) return null;
    const block = layout.blockOf[asset] as number;
    return block < 0 || open[block] === true ? asset : -block - 1;
  };
  const codes = Array.from({ length: index.count }, (_asset, at) => codeOf(at));
  const sizes = new Map<number, number>();
  const { edges } = index;
  // A unique number for each pair of ends.
  const offset = layout.blocks.length;
  const width = index.count + offset + 1;
  for (let at = 0; at < edges.length; at += 2) {
    const from = codes[edges[at] as number];
    const to = codes[edges[at + 1] as number];
    if (from == null || to == null || from === to) continue;
    const pair = (from + offset) * width + to + offset;
    sizes.set(pair, (sizes.get(pair) ?? 0) + 1);
  }
  const bundles = {
    count: sizes.size,
    from: new Int32Array(sizes.size),
    to: new Int32Array(sizes.size),
    size: new Int32Array(sizes.size),
  };
  let next = 0;
  for (const [pair, size] of sizes) {
    bundles.from[next] = Math.floor(pair / width) - offset;
    bundles.to[next] = (pair % width) - offset;
    bundles.size[next] = size;
    next++;
  }
  return bundles;
}
