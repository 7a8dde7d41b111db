import { describe, expect, it } from "vitest";
import {
  AssetSpec,
  type AssetsDiff,
  diffAssets,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "../src/index.ts";

/** Sources of each column, as `asset.column`. */
type Columns = Readonly<Record<string, readonly string[]>>;

function asset(key: string, deps: readonly string[], columns: Columns = {}, id: string = key): AssetSpec {
  const lineage = Object.entries(columns).map(([name, sources]) => {
    const from = sources.map((source) => source.split(".") as [string, string]);
    return [name, from.map(([upstream, column]) => new TableColumnDep(upstream, column))] as const;
  });
  const hasColumns = lineage.length > 0;
  return new AssetSpec({
    key,
    deps,
    owners: [`${id}@x.org`],
    origin: {
      label: key,
      load: null,
      object: { tool: "t", type: "document", id, organization: null, version: null },
    },
    metadata: hasColumns
      ? {
          "dagster/column_schema": new TableSchema({
            columns: Object.keys(columns).map((name) => ({ name })),
          }),
          "dagster/column_lineage": new TableColumnLineage(Object.fromEntries(lineage)),
        }
      : {},
  });
}

const model = (columns: Columns, key = "model"): AssetSpec => asset(key, ["t"], columns, "model");
const full = { net: ["t.net"], tax: ["t.tax"] };

function breaksOf({ changed, removed }: AssetsDiff): readonly unknown[] {
  return [...changed, ...removed].flatMap(({ key, breaks }) =>
    breaks.map((broken) => [key, broken.key, broken.columns, broken.elements]),
  );
}

describe("what a difference breaks", () => {
  it("names the columns and elements that used a removed column, through other assets too", () => {
    const book = (net: readonly string[]): AssetSpec =>
      asset("book", ["between"], { "Chart/Net": net, "Chart/Tax": ["between.tax"], "Table/Net": net });
    const between = (net: readonly string[]): AssetSpec =>
      asset("between", ["model"], { net, tax: ["model.tax"] });
    const before = [model(full), between(["model.net"]), book(["between.net"])];
    // Sigma shows no source for what it cannot find.
    const now = [model({ tax: ["t.tax"] }), between([]), book(["between.net"])];
    expect(breaksOf(diffAssets(before, now))).toEqual([
      ["model", "between", ["net"], []],
      ["model", "book", ["Chart/Net", "Table/Net"], ["Chart", "Table"]],
    ]);
    expect(diffAssets(before, now).changed[1]?.breaks[0]?.owners).toEqual(["between@x.org"]);
  });

  it("does not name a column that has another source now, or is gone", () => {
    const before = [
      model(full),
      asset("book", ["model"], { "Chart/Net": ["model.net"], Sum: ["model.net"] }),
    ];
    const now = [model({ tax: ["t.tax"] }), asset("book", ["model"], { "Chart/Net": ["model.tax"] })];
    expect(breaksOf(diffAssets(before, now))).toEqual([]);
  });

  it("does not name an asset that no longer exists", () => {
    const before = [model(full), asset("book", ["model"], { Net: ["model.net"] })];
    expect(breaksOf(diffAssets(before, [model({ tax: ["t.tax"] })]))).toEqual([]);
  });

  it("names direct readers of a removed asset, unless they read another one instead", () => {
    const before = [
      model({}),
      asset("kept", ["model"]),
      asset("moved", ["model"]),
      asset("behind", ["kept"]),
    ];
    const now = [asset("kept", []), asset("moved", ["u"]), asset("behind", ["kept"])];
    expect(breaksOf(diffAssets(before, now))).toEqual([["model", "kept", [], []]]);
  });

  it("does not take a renamed asset for other columns or dependencies", () => {
    const before = [model(full), asset("book", ["model"], { Net: ["model.net"] })];
    const now = [model(full, "renamed"), asset("book", ["renamed"], { Net: ["renamed.net"] })];
    const { added, removed, changed } = diffAssets(before, now);
    expect([added, removed]).toEqual([[], []]);
    expect(changed.map(({ key, before: was }) => [key, was?.key])).toEqual([["renamed", "model"]]);
  });
});
