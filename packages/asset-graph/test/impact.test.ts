import { describe, expect, it } from "vitest";
import {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type IndexedDefinitions,
  impactCsv,
  impactMarkdown,
  impactMessage,
  indexDefinitions,
  ownerAddresses,
} from "../src/impact/index.ts";
import {
  AssetSpec,
  type AssetSpecAttributes,
  Definitions,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "../src/index.ts";

const model = { id: "model", name: "Model", plural: "Models", rank: 2 };
const board = { id: "board", name: "Board", plural: "Boards", rank: 3, isReadByPeople: true };

/** An asset. `columns` maps each column to the columns that it is computed from, as `asset.column`. */
function asset(
  key: string,
  deps: readonly string[],
  columns: Readonly<Record<string, readonly string[]>> | null = null,
  attributes: Partial<AssetSpecAttributes> = {},
): AssetSpec {
  const depOf = (text: string): TableColumnDep => {
    const [of = "", name = ""] = text.split(".");
    return new TableColumnDep(of, name);
  };
  const lineage = Object.entries(columns ?? {}).map(([name, from]) => [name, from.map(depOf)] as const);
  const metadata = {
    "dagster/column_schema": new TableSchema({ columns: lineage.map(([name]) => ({ name })) }),
    "dagster/column_lineage": new TableColumnLineage(Object.fromEntries(lineage)),
  };
  return new AssetSpec({ key, deps, ...attributes, ...(columns === null ? {} : { metadata }) });
}

function indexed(...assets: readonly AssetSpec[]): IndexedDefinitions {
  return indexDefinitions(new Definitions({ assets }).assetGraph);
}

function columnImpact(of: IndexedDefinitions, key: string, name: string): Impact {
  const column = of.columns.find({ asset: of.numberOf(key) ?? -1, name });
  if (column === null) throw new Error(`no column ${key}.${name}`);
  return buildColumnImpact(of.graph, of.columns, column);
}

function told({ graph }: IndexedDefinitions, { assets }: Impact): readonly unknown[] {
  return assets.map(({ asset: number, certainty, hops }) => [graph.asset(number).key, certainty, hops]);
}

describe("the impact of a column", () => {
  it("omits a downstream asset whose columns are known and computed from other columns", () => {
    const of = indexed(
      asset("source", [], { net: [], gross: [] }),
      asset("uses", ["source"], { a: ["source.net"] }),
      asset("other", ["source"], { b: ["source.gross"] }),
      asset("below other", ["other"]),
    );
    expect(told(of, columnImpact(of, "source", "net"))).toEqual([["uses", "column", 1]]);
  });

  it("lists downstream assets without known columns as reached through the asset", () => {
    const of = indexed(
      asset("source", [], { net: [] }),
      asset("vague", ["source"]),
      asset("vaguer", ["vague"]),
      asset("exact", ["vague"], { c: [] }),
      asset("below exact", ["exact"]),
    );
    expect(told(of, columnImpact(of, "source", "net"))).toEqual([
      ["vague", "asset", 1],
      ["vaguer", "asset", 2],
    ]);
  });

  it("lists assets without known columns downstream of a column that is certainly affected", () => {
    const of = indexed(
      asset("source", [], { net: [], gross: [] }),
      asset("middle", ["source"], { m: ["source.net"] }),
      asset("vague", ["middle"]),
    );
    expect(told(of, columnImpact(of, "source", "net"))).toEqual([
      ["middle", "column", 1],
      ["vague", "asset", 2],
    ]);
    expect(told(of, columnImpact(of, "source", "gross"))).toEqual([]);
  });

  it("lists certain results before possible ones, for any names", () => {
    const of = indexed(
      asset("source", [], { net: [] }),
      asset("a vague", ["source"]),
      asset("z exact", ["source"], { z: ["source.net"] }),
    );
    expect(told(of, columnImpact(of, "source", "net"))).toEqual([
      ["z exact", "column", 1],
      ["a vague", "asset", 1],
    ]);
  });

  it("lists each affected column, and each asset once", () => {
    const of = indexed(
      asset("source", [], { net: [] }),
      asset("board", ["source"], {
        "Chart/a": ["source.net"],
        "Chart/b": ["board.Chart/a"],
        "Table/a": ["source.net"],
        "Table/c": [],
        "/plain": ["source.net"],
        plain: ["source.net"],
      }),
    );
    expect(columnImpact(of, "source", "net").assets).toMatchObject([
      { columns: ["Chart/a", "Table/a", "/plain", "plain", "Chart/b"], elements: ["Chart", "Table"] },
    ]);
  });

  it("names no asset that is not affected among those through which it reaches another one", () => {
    const of = indexed(
      asset("source", [], { net: [], gross: [] }),
      asset("uses", ["source"], { a: ["source.net"] }),
      asset("other", ["source"], { b: ["source.gross"] }),
      asset("both", ["source", "uses", "other"], { c: ["uses.a"] }),
    );
    const { assets } = columnImpact(of, "source", "net");
    expect(assets.map(({ asset: at, through }) => [at, through])).toEqual([
      [of.numberOf("both"), [of.numberOf("uses")]],
      [of.numberOf("uses"), []],
    ]);
  });

  it("lists assets with the same name, and those that are not affected, by key", () => {
    const presentation = { name: "Same" };
    const of = indexed(
      asset("source", [], { net: [], gross: [] }),
      asset("z", ["source"], null, { presentation }),
      asset("a", ["z"], null, { presentation }),
      asset("y", ["source"], { g: ["source.gross"] }),
      asset("b", ["y"], { g: ["y.g"] }),
    );
    const impact = columnImpact(of, "source", "net");
    expect(told(of, impact)).toEqual([
      ["a", "asset", 2],
      ["z", "asset", 1],
    ]);
    expect(impact.unaffected.map((at) => of.graph.asset(at).key)).toEqual(["b", "y"]);
  });

  it("omits the other columns of its own asset", () => {
    const of = indexed(asset("source", [], { net: [], tax: ["source.net"] }));
    expect(columnImpact(of, "source", "net").assets).toEqual([]);
  });
});

describe("the impact of an asset", () => {
  const of = indexed(
    asset("start", ["above"]),
    asset("z model", ["start"], null, {
      presentation: { name: "Zeta", kind: model },
      owners: ["b@x.example", "a@x.example"],
    }),
    asset("board 1", ["z model"], null, {
      presentation: { name: "beta", kind: board },
      owners: ["b@x.example"],
    }),
    asset("board 2", ["start", "z model"], null, {
      presentation: { name: "Alpha", kind: board },
      owners: ["c@x.example", "team:d"],
    }),
    asset("beside", ["above"]),
  );
  const impact = buildAssetImpact(of.graph, of.columns, of.numberOf("start") ?? -1);

  it("contains all downstream assets with their shortest distance, without itself and its siblings", () => {
    expect(told(of, impact).toSorted()).toEqual([
      ["board 1", "asset", 2],
      ["board 2", "asset", 1],
      ["z model", "asset", 1],
    ]);
  });

  it("lists assets read by people first, and sorts by name, case-insensitively", () => {
    expect(told(of, impact).map((line) => (line as readonly unknown[])[0])).toEqual([
      "board 2",
      "board 1",
      "z model",
    ]);
  });

  it("groups assets by kind, also if kinds have the same rank, and sorts each group by name", () => {
    const chart = { ...board, id: "chart", name: "Chart", plural: "Charts" };
    const named = (key: string, name: string, kind: typeof board): AssetSpec =>
      asset(key, ["start"], null, { presentation: { name, kind } });
    const kinds = indexed(
      asset("start", []),
      named("a", "Zulu", board),
      named("b", "Yankee", chart),
      named("c", "alpha", board),
      named("d", "bravo", chart),
      asset("e", ["start"]),
    );
    const { assets } = buildAssetImpact(kinds.graph, null, kinds.numberOf("start") ?? -1);
    const keys = assets.map(({ asset: number }) => kinds.graph.asset(number).key);
    expect(keys).toEqual(["d", "b", "c", "a", "e"]);
    for (const { columns, elements } of assets) expect([columns, elements]).toEqual([[], []]);
  });

  it("fails for a number that no asset has", () => {
    expect(() => of.graph.asset(99)).toThrow("There is no asset 99.");
  });

  it("counts the assets of each owner, sorted by count in descending order, then by name", () => {
    expect(impact.owners).toEqual([
      ["b@x.example", 2],
      ["a@x.example", 1],
      ["c@x.example", 1],
      ["team:d", 1],
    ]);
  });
});

describe("the impact of several columns, and of an asset with columns", () => {
  const of = indexed(
    asset("source", [], { net: [], gross: [], id: [] }),
    asset(
      "model",
      ["source"],
      { "Orders/Net": ["source.net"], "Orders/Gross": ["source.gross"] },
      { owners: ["ann@x.example"] },
    ),
    asset(
      "board",
      ["model"],
      { "Chart/Net": ["model.Orders/Net"] },
      { owners: ["bob@x.example", "team:bi"] },
    ),
    asset("other", ["source"], { "Chart/Id": ["source.id"] }),
    asset("unknown", ["model"], null),
  );
  const numberOf = (key: string): number => of.numberOf(key) ?? -1;
  const columnOf = (name: string): number => of.columns.find({ asset: numberOf("source"), name }) ?? -1;
  const keysOf = (assets: readonly number[]): readonly string[] => assets.map((at) => of.graph.asset(at).key);

  it("unites that of each column, and says what is not affected", () => {
    const { assets, unaffected } = buildColumnImpact(
      of.graph,
      of.columns,
      columnOf("net"),
      columnOf("gross"),
    );
    expect(assets.map(({ asset: at, columns }) => [of.graph.asset(at).key, columns])).toEqual([
      ["board", ["Chart/Net"]],
      ["model", ["Orders/Net", "Orders/Gross"]],
      ["unknown", []],
    ]);
    expect(keysOf(unaffected)).toEqual(["other"]);
  });

  it("names the columns of each asset that reads a changed asset, and through which assets", () => {
    const { assets, unaffected } = buildAssetImpact(of.graph, of.columns, numberOf("source"));
    expect(
      assets.map(({ asset: at, columns, certainty, through }) => [
        of.graph.asset(at).key,
        certainty,
        columns,
        keysOf(through),
      ]),
    ).toEqual([
      ["board", "column", ["Chart/Net"], ["model"]],
      ["model", "column", ["Orders/Net", "Orders/Gross"], []],
      ["other", "column", ["Chart/Id"], []],
      ["unknown", "asset", [], ["model"]],
    ]);
    expect(unaffected).toEqual([]);
  });

  it("becomes a message to an owner, with only the owner's assets, and a list of addresses", () => {
    const impact = buildColumnImpact(of.graph, of.columns, columnOf("net"));
    const message = impactMessage(of.graph, impact, "bob@x.example", "net of source");
    expect(message).toContain("net of source is about to change.");
    expect(message).toContain("- board\n    Chart: Net\n");
    expect(message).not.toContain("model");
    expect(impactMessage(of.graph, impact, null, "net of source").split("\n\n")).toEqual([
      "Hello,",
      "net of source is about to change.",
      "It affects these documents:",
      "- board\n    Chart: Net\n- model\n    Orders: Net",
      "It also may affect these documents, because they read an affected asset; their columns are not known:",
      "- unknown\n",
    ]);
    expect(ownerAddresses(impact)).toEqual(["ann@x.example", "bob@x.example"]);
  });
});

describe("an exported impact", () => {
  const dangerous = [
    "=1+1",
    "+1",
    "-1",
    "@sum",
    "a,b",
    'say "x"',
    "line\nbreak",
    "pipe|*_`",
    "<b>",
    "plain",
    "1=1",
  ];
  const of = indexed(
    asset("start", []),
    ...dangerous.map((name, at) => asset(`k${at}`, ["start"], null, { presentation: { name } })),
  );
  const impact = buildAssetImpact(of.graph, of.columns, of.numberOf("start") ?? -1);

  it("contains only CSV cells that a spreadsheet does not evaluate as formulas", () => {
    const csv = impactCsv(of.graph, impact);
    const names = ["'=1+1", "'+1", "'-1", "'@sum", '"a,b"', '"say ""x"""', '"line\nbreak"', "plain", "1=1"];
    for (const name of names) expect(csv).toContain(`,${name},`);
    expect(csv.startsWith("Kind,Name,Folder,Owners,Columns,Reached by,URL,Steps,Through\r\n")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
  });

  it("contains each name in Markdown as plain text on one line, and no list of owners if there are none", () => {
    const markdown = impactMarkdown(of.graph, impact, "What # breaks|");
    for (const name of ["line break", "pipe\\|\\*\\_\\`", "\\<b\\>"])
      expect(markdown).toContain(`| ${name} |`);
    expect(markdown.split("\n").slice(0, 5)).toEqual([
      "## What # breaks\\|",
      "",
      "| Kind | Name | Folder | Owners | Columns | Reached by | Through |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      expect.stringMatching(/^\| other \| [^|]+ \| {2}\| {2}\| {2}\| asset \| {2}\|$/),
    ]);
    expect(markdown).not.toContain("Owners to notify");
  });
});
