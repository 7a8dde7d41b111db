import { describe, expect, it } from "vitest";
import { buildLineage } from "../src/lineage/build-lineage.ts";
import { type Lineage, lineageSizes } from "../src/lineage/lineage.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import { pageAsset, pageGraph, randomGraph, seeded } from "./random-graph.ts";

function build(
  model: GraphModel,
  center: number,
  more: Partial<Parameters<typeof buildLineage>[1]> = {},
): Lineage {
  return buildLineage(model, {
    center,
    up: null,
    down: null,
    opened: null,
    width: 1_050,
    height: 760,
    ...more,
  });
}

/** A graph of `count` assets and of pairs of indices. */
function graphOf(count: number, edges: readonly (readonly [number, number])[]): GraphModel {
  const assets = Array.from({ length: count }, (_asset, at) =>
    pageAsset(at, { kind: "workbook", folder: [`Folder ${at % 3}`] }),
  );
  return new GraphModel(pageGraph(assets, edges.flat()));
}

/** Points of a line, every 4 pixels. A curve is level at both ends. */
function samples(points: Lineage["lines"][number]["points"]): readonly (readonly [number, number])[] {
  return points.flatMap(([x, y], at) => {
    const next = points[at + 1];
    if (next === undefined) return [[x, y] as const];
    const [toX, toY] = next;
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - x, toY - y) / 4));
    return Array.from({ length: steps }, (_step, step) => {
      const t = step / steps;
      const middle = (x + toX) / 2;
      const u = 1 - t;
      const bezier = (a: number, b: number, c: number, d: number): number =>
        u ** 3 * a + 3 * u ** 2 * t * b + 3 * u * t ** 2 * c + t ** 3 * d;
      return [bezier(x, middle, middle, toX), bezier(y, y, toY, toY)] as const;
    });
  });
}

describe("the lineage of an asset", () => {
  it("has no line over a card that is not its end, no card over another, and every dependency: 400 views", () => {
    const { cardWidth, cardHeight } = lineageSizes;
    let views = 0;
    for (const seed of [1, 2, 3, 4, 5]) {
      const model = new GraphModel(
        randomGraph({ assets: 150 * seed, seed, folders: 4 * seed, deps: 1.5 + seed / 3 }),
      );
      const random = seeded(seed);
      for (let view = 0; view < 40; view++)
        for (const width of [1_050, 1_400]) {
          views++;
          const lineage = build(model, Math.floor(random() * model.assets.length), { width });
          const { cards, lines, sameLayer, passingBy } = lineage;
          for (const [at, a] of cards.entries())
            for (const b of cards.slice(at + 1))
              if (a.layer === b.layer) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(cardHeight);
          for (const { from, to, points } of lines)
            for (const [x, y] of samples(points))
              for (const [at, card] of cards.entries()) {
                const isOver =
                  x > card.x + 0.5 &&
                  x < card.x + cardWidth - 0.5 &&
                  y > card.y + 0.5 &&
                  y < card.y + cardHeight - 0.5;
                if (isOver && at !== from && at !== to)
                  throw new Error(`A line lies over ${card.name} (${seed}, ${view}, ${width}).`);
              }
          const shown = new Map(
            cards.flatMap(({ assets }, card) => assets.map((asset) => [asset, card] as const)),
          );
          let within = 0;
          for (const [asset, card] of shown)
            for (const upstream of model.index.upstream(asset))
              if (shown.has(upstream) && shown.get(upstream) !== card) within++;
          const drawn = [...lines, ...sameLayer].reduce((sum, { dependencies }) => sum + dependencies, 0);
          expect(drawn + passingBy).toBe(within);
        }
    }
    expect(views).toBe(400);
  }, 60_000);

  it("puts what an asset reads into a layer before it, and the asset itself into the middle", () => {
    const model = graphOf(5, [
      [0, 1],
      [1, 2],
      [0, 2],
      [2, 3],
      [3, 4],
    ]);
    const { cards, up, down } = build(model, 2, { width: 2_000 });
    const layers = new Map(cards.map(({ layer, assets: [asset = -1] }) => [asset, layer]));
    expect([...layers].sort()).toEqual([
      [0, -2],
      [1, -1],
      [2, 0],
      [3, 1],
      [4, 2],
    ]);
    expect([up, down]).toEqual([2, 2]);
  });

  it("shows as many steps as fit, and counts what lies farther", () => {
    const chain = graphOf(
      300,
      Array.from({ length: 299 }, (_edge, at) => [at, at + 1] as const),
    );
    const lineage = build(chain, 150);
    expect(lineage.cards.length).toBeLessThanOrEqual(5);
    expect(lineage.upstream).toBe(150);
    const leftmost = lineage.cards.find(({ layer }) => layer === -lineage.up);
    expect(leftmost?.farther).toBe(150 - lineage.up);
    expect(build(chain, 150, { up: 4, down: 4 }).layers).toHaveLength(9);
  });

  it("closes folders of a crowded layer, opens one in its place, and counts the rest", () => {
    const readers = 120;
    const model = graphOf(
      readers + 1,
      Array.from({ length: readers }, (_edge, at) => [0, at + 1] as const),
    );
    const closed = build(model, 0);
    const folders = closed.cards.filter(({ type }) => type === "folder");
    expect(folders.map(({ name, assets }) => `${name} ${assets.length}`).sort()).toEqual([
      "Folder 0 40",
      "Folder 1 40",
      "Folder 2 40",
    ]);
    const [first] = folders;
    const opened = build(model, 0, { opened: first?.id ?? null });
    expect(opened.cards.filter(({ type, layer }) => type === "asset" && layer === 1)).toHaveLength(35);
    expect(opened.cards.filter(({ type }) => type === "more").map(({ assets }) => assets.length)).toEqual([
      5,
    ]);
  });
});
