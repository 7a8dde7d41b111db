import { AssetSpec, Definitions, type LoadReport } from "@dagster-sigma/asset-graph";
import { ColumnIndex, GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import {
  buildAssetImpact,
  buildColumnImpact,
  impactCsv,
  impactMarkdown,
} from "@dagster-sigma/asset-graph/impact";
import type { Diagnostic } from "@dagster-sigma/foundation";
import { describe, expect, it } from "vitest";
import { buildHealth } from "../src/model/build-health.ts";
import { buildPageGraph } from "../src/model/build-page-graph.ts";
import { GraphModel } from "../src/model/graph-model.ts";
import { topologicalOrder } from "../src/model/topological-order.ts";
import { pageAsset, pageGraph } from "./random-graph.ts";
import { hostileName, sampleDefinitions } from "./sample-definitions.ts";

function sample(): { readonly model: GraphModel; readonly columns: ColumnIndex } {
  const { graph, columns } = buildPageGraph(sampleDefinitions());
  return {
    model: new GraphModel({ ...graph, version: "1" }),
    columns: new ColumnIndex(columns),
  };
}

describe("the page's graph", () => {
  it("has names, folders, owners, kinds and URLs; URLs other than http and https are dropped", () => {
    const { model } = sample();
    const byName = new Map(model.assets.map((asset) => [asset.path.join("/"), asset]));
    expect(byName.get("Sales")).toMatchObject({
      name: "Sales",
      kind: "dataModel",
      folder: ["Analytics", "Models"],
      owners: ["ann@example.com"],
      url: "https://app.example.com/sales",
      urlLabel: "Open in Sigma",
      columns: 1,
      isStub: false,
    });
    expect(byName.get("shop/sales/orders")).toMatchObject({
      kind: "table",
      folder: ["shop", "sales"],
      columns: 1,
      isStub: true,
    });
    expect(byName.get("Hostile")).toMatchObject({ name: hostileName, url: null, urlLabel: null });
  });

  it("lists each limit of the loads once, and finds the asset of a diagnostic by its object", () => {
    const object = { tool: "t", type: "report", id: "7", organization: null, version: null };
    const about = (id: string): Diagnostic => ({
      code: "C",
      severity: "warning",
      message: id,
      object: { type: "report", id, name: "R", url: null },
    });
    const load = (diagnostics: readonly Diagnostic[], scope: string | null): LoadReport => ({
      source: "s",
      snapshotFile: null,
      stateFile: null,
      diagnostics,
      requests: 0,
      wallMs: 0,
      fetchedAt: "2026-01-02T03:04:05.678Z",
      scope,
      matches: [],
      outcomes: [],
      notes: [],
    });
    const loads = [
      load([about("7"), about("8")], "as ann sees it"),
      load([], "as ann sees it"),
      load([], null),
    ];
    const assets = loads.map(
      (each, at) =>
        new AssetSpec({
          key: `a${at}`,
          // Metadata labels of a tool are ignored by the page.
          metadata: { "t/id": at === 1 ? "7" : "8" },
          origin: { label: "x", load: each, object: at === 0 ? object : null },
        }),
    );
    const definitions = new Definitions({ assets });
    const { graph } = buildPageGraph(definitions);
    expect(graph.scopes).toEqual(["as ann sees it"]);
    expect(graph.diagnostics.map(({ message, asset }) => [message, asset])).toEqual([
      ["7", 0],
      ["8", null],
    ]);
  });

  it("gives a table the columns named in lineage, and finds each column by name", () => {
    const { model, columns } = sample();
    const orders = model.indexOf("shop/sales/orders") ?? -1;
    expect(columns.columnsOf(orders).map((column) => columns.nameOf(column))).toEqual(["NET"]);
    const net = columns.find({ asset: orders, name: "NET" }) ?? -1;
    expect(columns.assetOf(net)).toBe(orders);
    expect(columns.find({ asset: orders, name: "GROSS" })).toBeNull();
    expect(columns.typeOf(columns.columnsOf(model.indexOf("Sales") ?? -1)[0] ?? -1)).toBe("number");
  });
});

describe("the badge of an asset", () => {
  it.each([
    ["an error and then a warning", ["error", "warning"], "error"],
    ["a warning and then an error", ["warning", "error"], "error"],
    ["only warnings", ["warning", "warning"], "warning"],
    ["nothing", [], null],
  ] as const)("shows the highest severity of its diagnostics: %s", (_what, severities, worst) => {
    const diagnostic = { code: "C", message: "m", object: null } as const;
    const model = new GraphModel({
      ...pageGraph([pageAsset(0), pageAsset(1)], []),
      diagnostics: [
        { ...diagnostic, severity: "error", asset: null },
        ...severities.map((severity) => ({ ...diagnostic, severity, asset: 1 })),
      ],
    });
    expect([model.problemOf(0), model.problemOf(1)]).toEqual([null, worst]);
  });
});

describe("assets in topological order", () => {
  const index = new GraphIndex(5, [3, 2, 2, 1, 1, 0, 4, 3]);

  it("come after all their upstream assets", () => {
    expect(topologicalOrder(index)).toEqual([4, 3, 2, 1, 0]);
  });

  it("come after their upstream assets among the shown ones, independent of the others", () => {
    // The upstream asset of 1 is not among them.
    expect(topologicalOrder(index, [0, 1, 4, 3])).toEqual([1, 4, 0, 3]);
    expect(topologicalOrder(index, [0, 1, 2])).toEqual([2, 1, 0]);
  });

  it("come last, each once, if they are part of a cycle", () => {
    const circle = new GraphIndex(4, [1, 0, 0, 1, 3, 2, 3, 0]);
    expect(topologicalOrder(circle)).toEqual([3, 2, 0, 1]);
  });
});

describe("impact", () => {
  it("of a column distinguishes certain downstream columns from downstream assets with unknown columns", () => {
    const { model, columns } = sample();
    const column = columns.find({ asset: model.indexOf("shop/sales/orders") ?? -1, name: "NET" }) ?? -1;
    const { assets, owners } = buildColumnImpact(model, columns, column);
    expect(assets.map(({ asset, certainty }) => [model.asset(asset).key, certainty])).toEqual([
      ["Board", "column"],
      ["Sales", "column"],
      ["Hostile", "asset"],
    ]);
    expect(assets[0]).toMatchObject({ columns: ["Chart/Revenue"], elements: ["Chart"], hops: 2 });
    expect(owners).toEqual([
      ["ann@example.com", 1],
      ["bob@example.com", 1],
    ]);
  });

  it("of an asset is everything downstream", () => {
    const { model } = sample();
    const { assets } = buildAssetImpact(model, null, model.indexOf("shop/crm/customers") ?? -1);
    expect(assets.map(({ asset }) => model.asset(asset).key).sort()).toEqual(["Board", "Hostile", "Sales"]);
  });

  it("is exported as CSV without formulas, and as Markdown with escaped names", () => {
    const assets = [
      pageAsset(0, { kind: "table" }),
      pageAsset(1, {
        kind: "workbook",
        name: '=HYPERLINK("x")',
        owners: ["a@example.com"],
        url: "https://e.x/(1)",
      }),
      pageAsset(2, { kind: "workbook", name: "a|b\n[c](d)" }),
    ];
    const model = new GraphModel(pageGraph(assets, [0, 1, 0, 2]));
    const impact = buildAssetImpact(model, null, 0);
    expect(impactCsv(model, impact)).toContain(`workbook,"'=HYPERLINK(""x"")",`);
    const markdown = impactMarkdown(model, impact, "What breaks");
    expect(markdown).toContain("| a\\|b \\[c\\](d) |");
    expect(markdown).toContain("(https://e.x/%281%29)");
    expect(markdown).toContain("- a@example.com (1)");
  });
});

describe("health", () => {
  it("finds unconnected, unused, unowned, archived and stale assets, and lists errors first", () => {
    const day = 86_400;
    const assets = [
      pageAsset(0, { kind: "table" }),
      pageAsset(1, { kind: "dataModel", owners: ["a@example.com"], isArchived: true, updatedAt: 100 * day }),
      pageAsset(2, { kind: "workbook", updatedAt: 1 * day }),
      pageAsset(3, { kind: "workbook", owners: ["a@example.com"] }),
      pageAsset(4, { kind: "dataModel", owners: ["a@example.com"] }),
    ];
    const diagnostic = { message: "m", object: null, asset: null } as const;
    const model = new GraphModel({
      ...pageGraph(assets, [0, 1, 1, 2, 0, 4]),
      diagnostics: [
        { ...diagnostic, code: "B", severity: "warning" },
        { ...diagnostic, code: "A", severity: "error" },
      ],
      explanations: { A: { meaning: "It is broken.", whatToDo: "Mend it." } },
    });
    const { groups, findings } = buildHealth(model, 101 * day, 90);
    expect(groups.map(({ code, meaning, whatToDo }) => [code, meaning, whatToDo])).toEqual([
      ["A", "It is broken.", "Mend it."],
      ["B", null, null],
    ]);
    expect(Object.fromEntries(findings.map(({ title, assets: found }) => [title, found]))).toEqual({
      "Not connected": [3],
      Unused: [4],
      "Without owner": [2],
      "Archived, but still used": [1],
      "Not changed for 90 days": [2],
    });
  });
});
