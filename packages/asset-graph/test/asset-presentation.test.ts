import { describe, expect, it } from "vitest";
import {
  AssetDep,
  AssetGraph,
  type AssetKind,
  type AssetPresentation,
  AssetSpec,
  buildAssetsJson,
  compareKinds,
  Definitions,
  InvalidAssetSpecError,
  otherKind,
  type ResolvedPresentation,
  resolvePresentation,
  tableKind,
} from "../src/index.ts";

const report: AssetKind = { id: "report", name: "Report", plural: "Reports", rank: 2, isReadByPeople: true };
const presentation: AssetPresentation = { name: "Monthly", kind: report, folder: ["Finance"] };

function resolved(spec: AssetSpec, key: string = spec.key.toString()): ResolvedPresentation {
  const node = AssetGraph.build([spec]).nodes.get(key);
  if (node === undefined) throw new Error(`No node ${key}.`);
  return resolvePresentation(node);
}

describe("the presentation of a spec", () => {
  it("is kept by every way of copying a spec, and cleared by null", () => {
    const spec = new AssetSpec({ key: "a", presentation });
    const origin = { label: "x", load: null, object: null };
    const copies = [
      spec.with({ key: "b" }),
      spec.replaceAttributes({ kinds: ["x"], metadata: {} }),
      spec.mergeAttributes({ metadata: { "a/b": 1 }, owners: ["team:x"] }),
      spec.withOrigin(origin),
      spec.withOrigin(origin).with({ origin: null }),
    ];
    for (const copy of copies) expect(copy.presentation).toEqual(presentation);
    expect(spec.with({ presentation: null }).presentation).toBeNull();
  });

  it("is not exported to JSON, neither for the asset nor for its stubs", () => {
    const dep = new AssetDep("t", { presentation: { connection: "Warehouse" } });
    const assets = (presented: boolean): string => {
      const spec = presented
        ? new AssetSpec({ key: "a", deps: [dep], presentation })
        : new AssetSpec({ key: "a", deps: ["t"] });
      return JSON.stringify(buildAssetsJson(new Definitions({ assets: [spec] }), { stubs: true }));
    };
    expect(assets(true)).toBe(assets(false));
  });

  it.each([
    ["an id", { ...report, id: "" }],
    ["a rank", { ...report, rank: Number.NaN }],
  ])("is rejected if its kind lacks %s", (_what, kind) => {
    expect(() => new AssetSpec({ key: "a", presentation: { kind } })).toThrow(InvalidAssetSpecError);
  });
});

describe("a resolved presentation", () => {
  it("uses the values of the spec", () => {
    const given: AssetPresentation = {
      ...presentation,
      connection: "Warehouse",
      url: "https://reports.example/1",
      urlLabel: "Open in Reports",
      updatedAt: 5,
      isArchived: true,
    };
    expect(resolved(new AssetSpec({ key: ["x", "a"], groupName: "g", presentation: given }))).toMatchObject({
      ...given,
      fullName: "Monthly",
    });
  });

  it("derives missing fields from the key", () => {
    expect(resolved(new AssetSpec({ key: ["x", "y", "a"] }))).toMatchObject({
      name: "a",
      fullName: "x/y/a",
      kind: otherKind,
      folder: ["x", "y"],
      table: null,
      connection: null,
      url: null,
      urlLabel: "Open",
      updatedAt: null,
      isArchived: false,
    });
    expect(resolved(new AssetSpec({ key: ["x", "a"], groupName: "g/h" })).folder).toEqual(["g", "h"]);
  });

  it("treats stubs, assets with a table name, and assets of kind table or view as tables", () => {
    const named = { metadata: { "dagster/table_name": "db.schema.orders" } };
    expect(resolved(new AssetSpec({ key: ["k", "orders"], ...named }))).toMatchObject({
      name: "orders",
      fullName: "db.schema.orders",
      kind: tableKind,
      folder: ["db", "schema"],
      table: "db.schema.orders",
    });
    for (const kind of ["table", "view"])
      expect(resolved(new AssetSpec({ key: "a", kinds: [kind] })).kind).toBe(tableKind);
    const dep = new AssetDep(["db", "t"], { presentation: { connection: "Warehouse" } });
    const reader = new AssetSpec({ key: "a", deps: [dep] });
    expect(resolved(reader, dep.assetKey.toString())).toMatchObject({
      name: "t",
      kind: tableKind,
      folder: ["db"],
      connection: "Warehouse",
    });
  });

  it("uses only Dagster's labels, and only URLs that are safe to open", () => {
    const spec = new AssetSpec({
      key: "a",
      presentation: { url: "javascript:alert(1)" },
      metadata: { "tool/name": "N", "tool/path": "P", "tool/web_url": "https://x.example", "tool/id": "1" },
    });
    expect(resolved(spec)).toMatchObject({ name: "a", folder: [], url: null });
  });
});

it("kinds are ordered by rank, then by name; others come last", () => {
  const board: AssetKind = { id: "board", name: "Board", plural: "Boards", rank: 2 };
  const early: AssetKind = { id: "early", name: "Early", plural: "Early", rank: -1 };
  const sorted = [otherKind, report, board, tableKind, early].sort(compareKinds);
  expect(sorted.map(({ id }) => id)).toEqual(["early", "table", "board", "report", "other"]);
});
