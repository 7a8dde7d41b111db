import { describe, expect, it } from "vitest";
import {
  AssetDep,
  AssetMaterialization,
  AssetSpec,
  countProvenances,
  InvalidAssetSpecError,
  mapAssetSpecs,
  TableColumnDep,
  TableColumnLineage,
} from "../src/index.ts";

const spec = new AssetSpec({
  key: ["sales", "orders"],
  deps: ["raw_orders"],
  description: "Orders.",
  owners: ["a@b.io"],
  tags: { tier: "gold", "dagster/kind/python": "" },
  kinds: ["sigma", "dataset", "sigma"],
  groupName: "marketing/emea",
  codeVersion: "1",
  metadata: { rows: 5 },
});

describe("AssetSpec", () => {
  it("separates kinds from tags, sorted and without duplicates", () => {
    expect(spec.kinds).toEqual(["dataset", "python", "sigma"]);
    expect(spec.tags).toEqual({ tier: "gold" });
  });

  it("has Dagster's defaults", () => {
    expect(new AssetSpec({ key: "a" })).toMatchObject({
      deps: [],
      description: null,
      owners: [],
      tags: {},
      kinds: [],
      groupName: null,
      codeVersion: null,
      metadata: {},
    });
  });

  it("replaces the given attributes and keeps the rest; null clears an attribute", () => {
    const changed = spec.replaceAttributes({ owners: ["team:bi"], groupName: null, kinds: ["x"] });
    expect(changed).toMatchObject({
      owners: ["team:bi"],
      groupName: null,
      kinds: ["x"],
      description: "Orders.",
    });
    expect(changed.tags).toEqual({ tier: "gold" });
    expect(changed.metadata).toEqual(spec.metadata);
    expect(spec.owners).toEqual(["a@b.io"]);
    expect(spec.with({ key: spec.key.withPrefix("sigma") }).key.path).toEqual(["sigma", "sales", "orders"]);
    expect(spec.replaceAttributes({})).toEqual(spec);
  });

  it("merges the given attributes into existing ones", () => {
    const merged = spec.mergeAttributes({
      deps: ["raw_orders", "raw_customers"],
      owners: ["a@b.io", "team:bi"],
      tags: { tier: "silver" },
      kinds: ["table"],
      metadata: { rows: 6, source: "crm" },
    });
    expect(merged.deps.map(({ assetKey }) => assetKey.path)).toEqual([["raw_orders"], ["raw_customers"]]);
    expect(merged.owners).toEqual(["a@b.io", "team:bi"]);
    expect(merged.tags).toEqual({ tier: "silver" });
    expect(merged.kinds).toEqual(["dataset", "python", "sigma", "table"]);
    expect(merged.metadata["rows"]).toEqual({ type: "int", value: 6 });
    expect(merged.metadata["source"]).toEqual({ type: "text", value: "crm" });
  });

  it("keeps the one with metadata of two dependencies on one key, and rejects two whose metadata differs", () => {
    const named = new AssetDep("t", { metadata: { "dagster/table_name": "db.t" } });
    const other = new AssetDep("t", { metadata: { "dagster/table_name": "db2.t" } });
    expect(new AssetSpec({ key: "a", deps: ["t", named, "t"] }).deps).toEqual([named]);
    expect(() => new AssetSpec({ key: "a", deps: [named, other] })).toThrow(/twice, with different metadata/);
  });

  it("accepts a spec as a dependency", () => {
    expect(new AssetSpec({ key: "b", deps: [spec] }).deps[0]?.assetKey.path).toEqual(["sales", "orders"]);
  });

  it.each([
    ["owner without an @", { owners: ["ben"] }],
    ["owner with a UUID", { owners: ["8TUQL5YbOwebkUGS0SAdqxlU5R0gD"] }],
    ["owner whose domain ends in more than 7 letters", { owners: ["a@b.technology"] }],
    ["team without a name", { owners: ["team:"] }],
    ["tag value with a space", { tags: { a: "b c" } }],
    ["tag key with two slashes", { tags: { "a/b/c": "d" } }],
    ["tag value of 64 characters", { tags: { a: "x".repeat(64) } }],
    ["kind with a space", { kinds: ["data model"] }],
    ["empty kind", { kinds: [""] }],
    ["eleven kinds", { kinds: Array.from({ length: 11 }, (_, index) => `k${index}`) }],
    ["empty group", { groupName: "" }],
    ["group with a dash", { groupName: "a-b" }],
    ["group that ends with a slash", { groupName: "a/" }],
  ])("rejects an %s, like Dagster", (_what, attributes) => {
    expect(() => new AssetSpec({ key: "a", ...attributes })).toThrow(InvalidAssetSpecError);
  });

  it.each([
    { owners: ["first.last+tag@sub.example.io", "team:data-eng"] },
    { tags: { "ns.x/key": "v_1-2.3", empty: "" } },
    { kinds: Array.from({ length: 10 }, (_, index) => `k${index}`) },
    { groupName: "a/b_1/c" },
  ])("accepts %j", (attributes) => {
    expect(() => new AssetSpec({ key: "a", ...attributes })).not.toThrow();
  });
});

describe("mapAssetSpecs", () => {
  it("applies a function to each", () => {
    const [mapped] = mapAssetSpecs((each) => each.with({ owners: ["team:x"] }), [spec]);
    expect(mapped?.owners).toEqual(["team:x"]);
  });
});

describe("events of assets", () => {
  it("are rejected for a tag that Dagster does not allow, which would fail everything that a sensor reports", () => {
    const event = (tags: Readonly<Record<string, string>>): AssetMaterialization =>
      new AssetMaterialization({ assetKey: "a", tags });
    expect(event({ tier: "gold", "dagster/partition/date": "2026-01-01 00:00" }).tags).toMatchObject({
      tier: "gold",
    });
    for (const tags of [{ "two words": "x" }, { a: "two words" }, { "user:x": "" }, { a: "x".repeat(64) }])
      expect(() => event(tags)).toThrow(InvalidAssetSpecError);
  });
});

describe("the provenances of a dependency", () => {
  const reported = { basis: "reported", route: "GET /lineage" } as const;
  const sql = { basis: "sql", route: "GET /sql" } as const;

  it("are merged if an asset depends on another twice, most certain first", () => {
    const deps = [
      new AssetDep("a", { provenances: [sql] }),
      new AssetDep("a", { provenances: [reported, sql] }),
    ];
    expect(new AssetSpec({ key: "b", deps }).deps.map(({ provenances }) => provenances)).toEqual([
      [reported, sql],
    ]);
  });

  it("are counted by the most certain one, and not for dependencies written by hand", () => {
    const deps = [new AssetDep("a", { provenances: [sql, reported] }), "c"];
    const lineage = new TableColumnLineage({
      X: [new TableColumnDep("a", "X", sql), new TableColumnDep("c", "Y")],
    });
    const spec = new AssetSpec({ key: "b", deps, metadata: { "dagster/column_lineage": lineage } });
    expect(countProvenances({ assets: [spec] })).toEqual([
      { what: "dependency", ...reported, count: 1 },
      { what: "columnDependency", ...sql, count: 1 },
    ]);
  });
});
