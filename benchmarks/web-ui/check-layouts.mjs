// Checks the layout without a browser: its shape, and whether any graph makes it fail.
import { GraphIndex } from "../../packages/asset-graph/dist/graph-index/index.js";
import { buildMapLayout } from "../../packages/web-ui/dist/layout/build-map-layout.js";
import { bundleEdges } from "../../packages/web-ui/dist/layout/bundle-edges.js";
import { cardSize } from "../../packages/web-ui/dist/layout/map-layout.js";
import { buildPageGraph } from "../../packages/web-ui/dist/model/build-page-graph.js";
import { definitionsOf, randomGraph } from "./generated-assets.mjs";

/** The layout of specs: width and height, its duration in Node, and the bundled edges with all groups closed. */
export function layoutOf(specs) {
  const { graph } = buildPageGraph(definitionsOf(specs));
  const index = new GraphIndex(graph.assets.length, graph.edges);
  const startedMs = performance.now();
  const layout = buildMapLayout(graph, index, "folder");
  const ms = performance.now() - startedMs;
  const bundles = bundleEdges(layout, index, () => false);
  const bundled = bundles.size.reduce((sum, size) => sum + size, 0);
  return {
    ms,
    assets: graph.assets.length,
    edges: graph.edges.length / 2,
    bundles: bundles.count,
    inside: graph.edges.length / 2 - bundled,
    /** Number of edges contained in a line with all groups open. */
    drawnWhole: bundleEdges(layout, index, () => true).size.reduce((sum, size) => sum + size, 0),
    shape: layout.width / layout.height,
    layout,
    index,
  };
}

/**
 * Lays out `count` random graphs.
 *
 * @returns the problems of each graph that has any: cards without a position, overlapping, or outside the picture
 */
export function checkRandomLayouts(count) {
  const problems = [];
  let assets = 0;
  for (let seed = 1; seed <= count; seed++) {
    try {
      const found = layoutOf(randomGraph(seed));
      assets += found.assets;
      const problem = problemOf(found);
      if (problem !== null) problems.push({ seed, problem });
    } catch (thrown) {
      problems.push({ seed, problem: String(thrown) });
    }
  }
  return { problems, assets };
}

function problemOf({ layout, index, assets, edges }) {
  const { x, y, cardHeight, width, height } = layout;
  const cards = Array.from({ length: assets }, (_asset, at) => ({
    left: x[at],
    top: y[at],
    height: cardHeight[at],
  }));
  for (const { left, top, height: own } of cards) {
    if (!Number.isFinite(left) || !Number.isFinite(top)) return "an asset has no position";
    if (left < -1 || top < -1 || left + cardSize.width > width + 1 || top + own > height + 1)
      return "a card is outside the picture";
  }
  const byLeft = cards.sort((a, b) => a.left - b.left);
  for (const [at, card] of byLeft.entries()) {
    for (let next = at + 1; next < byLeft.length && byLeft[next].left < card.left + cardSize.width; next++) {
      const other = byLeft[next];
      if (other.top < card.top + card.height && card.top < other.top + other.height)
        return "two cards overlap";
    }
  }
  const open = bundleEdges(layout, index, () => true);
  const drawn = open.size.reduce((sum, size) => sum + size, 0);
  return drawn === edges ? null : `${edges - drawn} edges are not drawn`;
}
