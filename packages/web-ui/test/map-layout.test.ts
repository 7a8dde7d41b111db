import { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMapLayout } from "../src/layout/build-map-layout.ts";
import { bundleEdges } from "../src/layout/bundle-edges.ts";
import { cardSize, type MapLayout, type Rectangle } from "../src/layout/map-layout.ts";
import { groupings } from "../src/model/grouping.ts";
import type { PageGraph } from "../src/model/page-graph.ts";
import { pageAsset, pageGraph, randomGraph } from "./random-graph.ts";

function indexOf({ assets, edges }: PageGraph): GraphIndex {
  return new GraphIndex(assets.length, edges);
}

function layoutOf(graph: PageGraph): MapLayout {
  return buildMapLayout(graph, indexOf(graph), "folder");
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Counts overlapping pairs; sorts first, so that thousands of rectangles are fast. */
function overlapping(rectangles: readonly Rectangle[]): number {
  const sorted = [...rectangles].sort((a, b) => a.x - b.x);
  let count = 0;
  for (const [at, a] of sorted.entries()) {
    for (let other = at + 1; other < sorted.length; other++) {
      const b = sorted[other] as Rectangle;
      if (b.x >= a.x + a.width) break;
      if (overlap(a, b)) count++;
    }
  }
  return count;
}

function cards(layout: MapLayout): readonly Rectangle[] {
  return Array.from(layout.x, (x, asset) => ({
    x,
    y: layout.y[asset] as number,
    width: cardSize.width,
    height: cardSize.height,
  }));
}

/** Invariants of every layout. */
function expectWhole(graph: PageGraph, layout: MapLayout): void {
  const all = cards(layout);
  expect(all.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  expect(overlapping(all)).toBe(0);
  expect(overlapping(layout.blocks)).toBe(0);
  for (const { assets, x, y, width, height } of layout.blocks) {
    for (const asset of assets) {
      const card = all[asset] as Rectangle;
      // Card positions have single precision.
      const near = 0.01;
      const isInside =
        card.x >= x - near &&
        card.y >= y - near &&
        card.x + card.width <= x + width + near &&
        card.y + card.height <= y + height + near;
      expect(isInside).toBe(true);
    }
  }
  expect(layout.blocks.reduce((sum, { assets }) => sum + assets.length, 0)).toBe(graph.assets.length);
  const laneOf = (asset: number): number => layout.blocks[layout.blockOf[asset] as number]?.lane ?? -1;
  for (let edge = 0; edge < graph.edges.length; edge += 2)
    expect(laneOf(graph.edges[edge + 1] as number)).toBeGreaterThan(laneOf(graph.edges[edge] as number));
}

describe("the map", () => {
  it("has a position for every card, no overlaps, and only lines to lanes further right: 1,000 random graphs", () => {
    for (let seed = 1; seed <= 1_000; seed++) {
      const graph = randomGraph({ assets: 20 + (seed % 5) * 60, seed, folders: 1 + (seed % 30) });
      expectWhole(graph, layoutOf(graph));
    }
  }, 120_000);

  it("keeps its invariants for any grouping and any subset of the assets", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom(...groupings),
        fc.integer({ min: 2, max: 5 }),
        (seed, grouping, every) => {
          const graph = randomGraph({ assets: 120, seed });
          const shown = graph.assets.flatMap((_asset, at) => (at % every === 0 ? [at] : []));
          const layout = buildMapLayout(graph, indexOf(graph), grouping, shown);
          const placed = [...layout.x].flatMap((x, at) => (Number.isNaN(x) ? [] : [at]));
          expect(placed).toEqual(shown);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("has the aspect ratio of a screen, with 1,000, 5,000 and 10,000 assets", () => {
    for (const assets of [1_000, 5_000, 10_000]) {
      const { width, height } = layoutOf(randomGraph({ assets, seed: 7 }));
      expect(width / height).toBeGreaterThan(1 / 4);
      expect(width / height).toBeLessThan(4);
    }
  });

  it("is ordered from left to right: tables, datasets, data models, models on models, workbooks", () => {
    const kinds = ["table", "dataset", "dataModel", "dataModel", "workbook"] as const;
    const assets = kinds.map((kind, at) => pageAsset(at, { kind, kinds: [kind], folder: ["F"] }));
    const layout = layoutOf(pageGraph(assets, [0, 2, 2, 3, 3, 4, 1, 4, 0, 1]));
    expect(layout.lanes.map(({ title }) => title)).toEqual([
      "Tables",
      "Datasets",
      "Data models",
      "Data models · 2",
      "Workbooks",
    ]);
    expect([...layout.x].map((x) => x)).toEqual([...layout.x].sort((a, b) => a - b));
  });

  it("handles a chain of 500, a fan-in of 1,000 and 30,000 edges, each with the aspect ratio of a screen", () => {
    const chain = pageGraph(
      Array.from({ length: 500 }, (_asset, at) => pageAsset(at)),
      Array.from({ length: 499 }, (_edge, at) => [at, at + 1]).flat(),
    );
    const fan = pageGraph(
      Array.from({ length: 1_001 }, (_asset, at) =>
        pageAsset(at, { kind: at === 1_000 ? "workbook" : "table" }),
      ),
      Array.from({ length: 1_000 }, (_edge, at) => [at, 1_000]).flat(),
    );
    const dense = randomGraph({ assets: 10_000, seed: 3, deps: 6 });
    expect(dense.edges.length / 2).toBeGreaterThan(30_000);
    for (const graph of [chain, fan, dense]) {
      const { width, height } = layoutOf(graph);
      expect(width / height).toBeGreaterThan(1 / 4);
      expect(width / height).toBeLessThan(4);
    }
  });

  it("is deterministic, also without assets", () => {
    const graph = randomGraph({ assets: 300, seed: 5 });
    expect(layoutOf(graph)).toEqual(layoutOf(graph));
    const { blocks, lanes } = layoutOf(pageGraph([], []));
    expect([blocks, lanes]).toEqual([[], []]);
  });
});

describe("lines", () => {
  it("contain every edge once: edges into a closed group are merged, edges inside it omitted", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 4 }), (seed, open) => {
        const graph = randomGraph({ assets: 150, seed, folders: 6 });
        const layout = layoutOf(graph);
        const isOpen = (block: number): boolean => block % 5 < open;
        const { count, from, to, size } = bundleEdges(layout, indexOf(graph), isOpen);
        const pairs = new Set(Array.from({ length: count }, (_line, at) => `${from[at]} ${to[at]}`));
        expect(pairs.size).toBe(count);
        let inside = 0;
        for (let edge = 0; edge < graph.edges.length; edge += 2) {
          const a = layout.blockOf[graph.edges[edge] as number] as number;
          const b = layout.blockOf[graph.edges[edge + 1] as number] as number;
          if (a === b && !isOpen(a)) inside++;
        }
        const shown = size.reduce((sum, each) => sum + each, 0);
        expect(shown + inside).toBe(graph.edges.length / 2);
      }),
      { numRuns: 60 },
    );
  });
});
