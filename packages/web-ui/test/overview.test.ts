import { describe, expect, it } from "vitest";
import { GraphModel } from "../src/model/graph-model.ts";
import type { Part } from "../src/model/overview-part.ts";
import type { PageAsset } from "../src/model/page-graph.ts";
import { boxReach } from "../src/overview/box-reach.ts";
import { boxBudget, buildOverview } from "../src/overview/build-overview.ts";
import type { Overview } from "../src/overview/overview.ts";
import { pageAsset, pageGraph, randomGraph } from "./random-graph.ts";

function build(model: GraphModel, parts: readonly Part[] = [], height = 700): Overview {
  return buildOverview(model, { parts, selected: null, width: 1_400, height });
}

/** A model of assets `kind folder/folder name`, and of edges by name. */
function modelOf(lines: readonly string[], edges: readonly (readonly [string, string])[] = []): GraphModel {
  const assets = lines.map((line, at): PageAsset => {
    const [kind = "", folder = "", ...name] = line.split(" ");
    return pageAsset(at, { kind, folder: folder === "-" ? [] : folder.split("/"), name: name.join(" ") });
  });
  const indexOf = (name: string): number => assets.findIndex((asset) => asset.name === name);
  return new GraphModel(
    pageGraph(
      assets,
      edges.flatMap(([from, to]) => [indexOf(from), indexOf(to)]),
    ),
  );
}

function shown(overview: Overview, lane: 0 | 1 | 2): readonly string[] {
  return overview.lanes[lane].boxes.map((at) => {
    const box = overview.boxes[at];
    return `${box?.parents}${box?.name} ${box?.assets.length}`;
  });
}

/** Folders with the given numbers of workbooks. */
function folders(sizes: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(sizes).flatMap(([folder, size]) =>
    Array.from({ length: size }, (_one, at) => `workbook ${folder} ${folder} ${at}`),
  );
}

describe("the overview", () => {
  it("has every asset in exactly one box, at most 40 boxes, none over another, and every dependency in a connection", () => {
    for (const [seed, assets] of [40, 76, 300, 1_000, 3_000].entries()) {
      const model = new GraphModel(randomGraph({ assets, seed, folders: 3 + seed * 15 }));
      for (const height of [420, 700, 1_200]) {
        const overview = build(model, [], height);
        expect(overview.boxes.length + (overview.gate === null ? 0 : 1)).toBeLessThanOrEqual(40);
        const boxed = overview.boxes.flatMap((box) => box.assets);
        expect([...boxed].sort((a, b) => a - b)).toEqual(model.assets.map((_asset, at) => at));
        for (const { boxes } of overview.lanes) {
          expect(boxes.length).toBeLessThanOrEqual(boxBudget(height));
          let bottom = 0;
          for (const at of boxes) {
            const box = overview.boxes[at];
            expect(box?.y).toBeGreaterThanOrEqual(bottom - 0.01);
            expect(box?.height).toBeGreaterThanOrEqual(34);
            bottom = (box?.y ?? 0) + (box?.height ?? 0) + 8;
          }
          expect(bottom - 8).toBeLessThanOrEqual(Math.max(height, 6 * 42) + 1);
        }
        const laneOf = (asset: number): number => overview.boxes[overview.boxOf[asset] ?? -1]?.lane ?? -1;
        let forward = 0;
        for (let at = 0; at < model.graph.edges.length; at += 2)
          if (laneOf(model.graph.edges[at] ?? 0) < laneOf(model.graph.edges[at + 1] ?? 0)) forward++;
        expect(overview.dependencies).toBe(forward);
      }
    }
  });

  it("shows the assets of a small organization themselves", () => {
    const overview = build(
      modelOf(["table db/a orders", "dataModel Sales Model", "workbook Sales Report", "workbook - Board"]),
    );
    expect(shown(overview, 2)).toEqual(["Board 1", "Report 1"]);
  });

  it("opens folders that are much larger than others, until the boxes have similar sizes", () => {
    const sizes = { A: 20, B: 18, "C/One": 60, "C/Two": 55, "C/Three": 50, D: 15 };
    expect(shown(build(modelOf(folders(sizes))), 2)).toEqual([
      "C / One 60",
      "C / Two 55",
      "C / Three 50",
      "A 20",
      "B 18",
      "D 15",
    ]);
  });

  it("keeps a folder of 3,000 as one box, and opens it to its most connected assets", () => {
    const model = modelOf(folders({ Huge: 3_000, Small: 20, Other: 20 }), [["Small 1", "Huge 7"]]);
    expect(shown(build(model), 2)).toEqual(["Huge 3000", "Other 20", "Small 20"]);
    const opened = build(model, [{ lane: 2, path: ["Huge"] }]);
    expect(shown(opened, 2)).toHaveLength(13);
    expect(shown(opened, 2)[0]).toBe("Huge 7 1");
    expect(shown(opened, 2).at(-1)).toBe("… and 2,988 more 2988");
  });

  it("puts the smaller of many folders into one box", () => {
    const sizes = Object.fromEntries(Array.from({ length: 80 }, (_one, at) => [`Folder${at}`, 100 - at]));
    const names = shown(build(modelOf(folders(sizes))), 2);
    expect(names).toHaveLength(13);
    expect(names.at(-1)).toBe(`… and 68 more ${[...Array(68).keys()].reduce((sum, at) => sum + 88 - at, 0)}`);
  });

  it("gives equal names as many parents as it takes, and connections of equal databases their names", () => {
    const tables = ["one", "two"].flatMap((connection) =>
      Array.from({ length: 10 }, (_one, at) => ({ connection, at })),
    );
    const model = new GraphModel(
      pageGraph(
        tables.map(({ connection, at }, index) =>
          pageAsset(index, { kind: "table", connection, folder: ["prod", "legal"], name: `t${at}` }),
        ),
        [],
      ),
    );
    expect(shown(build(model), 0)).toEqual(["one.prod.legal 10", "two.prod.legal 10"]);
  });

  it("leads dependencies without a model in between through the gate", () => {
    const model = modelOf(
      ["table db/a orders", "dataModel Sales Model", "workbook Sales Report"],
      [
        ["orders", "Model"],
        ["Model", "Report"],
        ["orders", "Report"],
      ],
    );
    const { gate, connections } = build(model);
    expect(gate?.dependencies).toBe(1);
    expect(connections).toContainEqual({ from: 0, to: "gate", dependencies: 1 });
    expect(connections).toContainEqual({ from: "gate", to: 2, dependencies: 1 });
  });

  it("shows, of a part, its children and only what is connected with it; parts of two lanes are combined", () => {
    const model = modelOf(
      [
        "table db/a orders",
        "table db/b customers",
        "dataModel Sales Orders",
        "dataModel Finance Customers",
        "workbook Sales Report",
        "workbook Finance Board",
        "workbook Finance Both",
      ],
      [
        ["orders", "Orders"],
        ["customers", "Customers"],
        ["Orders", "Report"],
        ["Customers", "Board"],
        ["Orders", "Both"],
        ["Customers", "Both"],
      ],
    );
    const finance: Part = { lane: 2, path: ["Finance"] };
    const overview = build(model, [finance]);
    expect([...shown(overview, 2)].sort()).toEqual(["Board 1", "Both 1"]);
    expect(overview.lanes[0].shown).toBe(2);
    const both = build(model, [finance, { lane: 0, path: ["db", "a"] }]);
    expect(shown(both, 2)).toEqual(["Both 1"]);
    expect(shown(both, 0)[0]).toContain("orders");
    expect(build(model, [{ lane: 1, path: ["gone"] }]).lanes[2].shown).toBe(3);
  });

  it("walks assets and not boxes: what a box reads is not what all of its neighbors read", () => {
    const model = modelOf(
      ["table db/a x", "table db/b y", "dataModel M m1", "dataModel M m2", ...folders({ W: 10, V: 10 })],
      [
        ["x", "m1"],
        ["y", "m2"],
        ["m1", "W 1"],
        ["m2", "V 1"],
      ],
    );
    const overview = build(model);
    const w = overview.boxes.findIndex(({ name }) => name === "W");
    const reach = boxReach(model, overview, w);
    expect(reach.upstream).toBe(2);
    const named = (name: string): number => overview.boxes.findIndex((box) => box.name === name);
    expect(reach.up[named("x")]).toBe(1);
    expect(reach.up[named("y")]).toBe(0);
  });

  it("is the same for the same data", () => {
    const graph = randomGraph({ assets: 500, seed: 4 });
    expect(build(new GraphModel(graph))).toEqual(build(new GraphModel(graph)));
  });
});
