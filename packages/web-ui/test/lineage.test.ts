import { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { describe, expect, it } from "vitest";
import { buildLineage } from "../src/lineage/build-lineage.ts";
import { columnRow, type Lineage, lineageSizes } from "../src/lineage/lineage.ts";
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
    columns: null,
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

/** Whether a point is inside a card. */
function isOver(
  [x, y]: readonly [number, number],
  card: Lineage["cards"][number],
  cardWidth: number,
): boolean {
  return (
    x > card.x + 0.5 && x < card.x + cardWidth - 0.5 && y > card.y + 0.5 && y < card.y + card.height - 0.5
  );
}

/** Columns of all assets; each is computed from some of what its asset reads. */
function randomColumns(model: GraphModel, seed: number): ColumnIndex {
  const random = seeded(seed);
  const counts = model.assets.map(() => Math.floor(random() * 14));
  const lineage: number[] = [];
  for (const [asset, count] of counts.entries())
    for (const upstream of model.index.upstream(asset))
      for (let column = 0; column < count; column++)
        if (random() < 0.4 && (counts[upstream] ?? 0) > 0)
          lineage.push(upstream, Math.floor(random() * (counts[upstream] ?? 1)), asset, column);
  return new ColumnIndex({
    names: Array.from({ length: 14 }, (_name, at) => `Element/Column ${at}`),
    types: ["number"],
    assets: counts.flatMap((count, asset) =>
      count === 0
        ? []
        : [[asset, Array.from({ length: count }, (_n, at) => at), new Array<number>(count).fill(0)] as const],
    ),
    lineage,
  });
}

describe("the columns in the lineage of an asset", () => {
  it("are rows of cards, whose lines lie over no other card and begin and end at their rows", () => {
    let drawn = 0;
    for (const seed of [1, 2, 3]) {
      const model = new GraphModel(randomGraph({ assets: 120 * seed, seed, folders: 5 * seed, deps: 2 }));
      const known = randomColumns(model, seed);
      const random = seeded(seed + 10);
      for (let view = 0; view < 30; view++) {
        const center = Math.floor(random() * model.assets.length);
        const lineage = build(model, center, { columns: { known, selected: null } });
        const { cards, cardWidth, columnLines } = lineage;
        for (const { rows, height } of cards)
          expect(rows.columns.length * columnRow.height + lineageSizes.cardHeight).toBeLessThanOrEqual(
            height + 0.01,
          );
        for (const [at, a] of cards.entries())
          for (const b of cards.slice(at + 1))
            if (a.layer === b.layer) expect(a.y >= b.y + b.height || b.y >= a.y + a.height).toBe(true);
        for (const { from, to, fromCard, toCard, points } of columnLines) {
          drawn++;
          expect([...known.index.downstream(from)]).toContain(to);
          for (const point of samples(points))
            for (const [at, card] of cards.entries())
              if (at !== fromCard && at !== toCard && isOver(point, card, cardWidth))
                throw new Error(`A line lies over ${card.name} (${seed}, ${view}).`);
          for (const [card, column, end] of [
            [cards[fromCard], from, points[0]],
            [cards[toCard], to, points.at(-1)],
          ] as const) {
            const row = card?.rows.columns.indexOf(column) ?? -1;
            const middle =
              row < 0
                ? lineageSizes.cardHeight / 2
                : lineageSizes.cardHeight + (row + 0.5) * columnRow.height;
            if (card?.type === "asset") expect(row).toBeGreaterThanOrEqual(0);
            expect(end?.[1]).toBeCloseTo((card?.y ?? 0) + middle, 5);
          }
        }
      }
    }
    expect(drawn).toBeGreaterThan(500);
  });

  it("are only those of one column's lineage once it is selected, in all steps", () => {
    const model = graphOf(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const known = new ColumnIndex({
      names: ["a", "b", "c"],
      types: ["text"],
      assets: [0, 1, 2, 3].map((asset) => [asset, [0, 1, 2], [0, 0, 0]] as const),
      lineage: [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 0, 0, 2, 1, 0],
    });
    const selected = known.find({ asset: 1, name: "b" });
    const { cards, columnLines } = build(model, 1, { width: 2_000, columns: { known, selected } });
    const named = cards.map(({ assets, rows }) => [
      assets[0],
      rows.columns.map((column) => known.nameOf(column)),
      rows.hidden,
    ]);
    expect(named).toEqual([
      [0, ["a"], 2],
      [1, ["b"], 2],
      [2, ["c"], 2],
      [3, ["a"], 2],
    ]);
    expect(columnLines).toHaveLength(3);
  });
});

describe("the lineage of an asset", () => {
  it("has no line over a card that is not its end, no card over another, and every dependency: 400 views", () => {
    const { cardHeight } = lineageSizes;
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
          const { cards, lines, sameLayer, passingBy, cardWidth } = lineage;
          for (const [at, a] of cards.entries())
            for (const b of cards.slice(at + 1))
              if (a.layer === b.layer) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(cardHeight);
          for (const { from, to, points } of lines)
            for (const point of samples(points))
              for (const [at, card] of cards.entries())
                if (at !== from && at !== to && isOver(point, card, cardWidth))
                  throw new Error(`A line lies over ${card.name} (${seed}, ${view}, ${width}).`);
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

  it("lets direct neighbors that read each other share a layer where one step at each side does not fit", () => {
    const model = graphOf(4, [
      [0, 1],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(build(model, 1, { width: 1_050 }).layers).toHaveLength(4);
    const narrow = build(model, 1, { width: 800 });
    expect(narrow.layers).toHaveLength(3);
    expect(narrow.width).toBe(800);
    expect(narrow.sameLayer).toHaveLength(1);
    // Steps that a user chose are shown, and scrolled.
    expect(build(model, 1, { width: 800, up: 1, down: 1 }).layers).toHaveLength(4);
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
