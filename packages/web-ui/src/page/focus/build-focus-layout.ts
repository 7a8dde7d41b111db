import dagre from "@dagrejs/dagre";
import { cardSize, type MapLayout } from "../../layout/map-layout.ts";

/** What a few assets look like when they are all there is to see. */
export interface FocusRequest {
  /** Number of assets of the whole graph. */
  readonly count: number;
  readonly assets: readonly number[];
  /** The lane of each of them: what is further left never stands further right. */
  readonly lanes: readonly number[];
  /** Height of the card of each of them. */
  readonly heights: readonly number[];
  /** Pairs of assets. */
  readonly edges: readonly number[];
}

const margin = 40;
/** Ties every asset to its lane, more strongly than edges draw it to its readers. */
const laneWeight = 40;

/** The layout of a library that draws short lines with few crossings; takes long for more than a few hundred. */
export function buildFocusLayout({ count, assets, lanes, heights, edges }: FocusRequest): MapLayout {
  const graph = new dagre.graphlib.Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", nodesep: 16, ranksep: 90, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  const root = "root";
  graph.setNode(root, { width: 1, height: 1 });
  assets.forEach((asset, at) => {
    graph.setNode(String(asset), { width: cardSize.width, height: heights[at] ?? cardSize.height });
    graph.setEdge(root, String(asset), { minlen: (lanes[at] ?? 0) + 1, weight: laneWeight });
  });
  for (let at = 0; at < edges.length; at += 2)
    graph.setEdge(String(edges[at]), String(edges[at + 1]), { minlen: 1, weight: 1 });
  dagre.layout(graph);
  const x = new Float32Array(count).fill(Number.NaN);
  const y = new Float32Array(count).fill(Number.NaN);
  const cardHeight = new Float32Array(count).fill(cardSize.height);
  assets.forEach((asset, at) => {
    const node = graph.node(String(asset)) as { readonly x: number; readonly y: number };
    const height = heights[at] ?? cardSize.height;
    x[asset] = node.x - cardSize.width / 2;
    y[asset] = node.y - height / 2;
    cardHeight[asset] = height;
  });
  return framed(assets, { x, y, cardHeight, blockOf: new Int32Array(count).fill(-1) });
}

/** Moves everything to the upper left corner. */
function framed(
  assets: readonly number[],
  parts: Pick<MapLayout, "x" | "y" | "cardHeight" | "blockOf">,
): MapLayout {
  const { x, y, cardHeight } = parts;
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  for (const asset of assets) {
    left = Math.min(left, x[asset] ?? 0);
    top = Math.min(top, y[asset] ?? 0);
  }
  let width = 1;
  let height = 1;
  for (const asset of assets) {
    x[asset] = (x[asset] ?? 0) - left;
    y[asset] = (y[asset] ?? 0) - top;
    width = Math.max(width, (x[asset] ?? 0) + cardSize.width);
    height = Math.max(height, (y[asset] ?? 0) + (cardHeight[asset] ?? 0));
  }
  return { ...parts, width, height, lanes: [], blocks: [] };
}
