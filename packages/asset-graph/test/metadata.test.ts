import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AssetKey,
  AssetSpec,
  buildAssetsJson,
  Definitions,
  InvalidMetadataError,
  MetadataValue,
  type RawMetadataValue,
  TableColumnDep,
  TableColumnLineage,
  TableSchema,
} from "../src/index.ts";

const schema = new TableSchema({
  columns: [{ name: "id", type: "int", constraints: { nullable: false, unique: true } }, { name: "note" }],
});
const lineage = new TableColumnLineage({
  total: [new TableColumnDep("b", "y"), new TableColumnDep("a", "z"), new TableColumnDep("a", "x")],
});

/** Metadata of a spec as exported to JSON. */
function leaves(value: RawMetadataValue): unknown {
  const definitions = new Definitions({ assets: [new AssetSpec({ key: "a", metadata: { m: value } })] });
  return buildAssetsJson(definitions).assets[0]?.metadata["m"];
}

describe("metadata", () => {
  const cases: readonly (readonly [RawMetadataValue, string, unknown])[] = [
    ["words", "text", "words"],
    [5, "int", 5],
    [5.5, "float", 5.5],
    [true, "bool", true],
    [null, "null", null],
    [[1, { a: null }], "json", [1, { a: null }]],
    [{ a: [1] }, "json", { a: [1] }],
    [new AssetKey(["x", "y"]), "asset", ["x", "y"]],
    [new Date("2024-09-12T21:22:49.072Z"), "timestamp", 1726176169.072],
    [MetadataValue.url("https://x.io"), "url", "https://x.io"],
    [MetadataValue.path("/tmp/x"), "path", "/tmp/x"],
    [MetadataValue.notebook("n.ipynb"), "notebook", "n.ipynb"],
    [MetadataValue.md("**x**"), "md", "**x**"],
    [MetadataValue.float(5), "float", 5],
    [MetadataValue.float(Number.NaN), "float", null],
    [MetadataValue.timestamp(12.5), "timestamp", 12.5],
    [MetadataValue.dagsterRun("run-1"), "dagster_run", "run-1"],
    [MetadataValue.asset("k"), "asset", ["k"]],
    [MetadataValue.pool("p"), "json", "p"],
    [
      MetadataValue.job({ jobName: "j", locationName: "l", repositoryName: null }),
      "json",
      { jobName: "j", locationName: "l", repositoryName: null },
    ],
    [MetadataValue.pythonArtifact({ module: "m", name: "n" }), "json", { module: "m", name: "n" }],
    [
      MetadataValue.codeReferences([{ url: "https://x.io", label: null }]),
      "json",
      [{ url: "https://x.io", label: null }],
    ],
    [
      schema,
      "table_schema",
      {
        columns: [
          {
            name: "id",
            type: "int",
            description: null,
            constraints: { nullable: false, unique: true, other: [] },
          },
          { name: "note", type: "string", description: null },
        ],
      },
    ],
    [
      MetadataValue.table({ records: [{ id: 1 }], schema: TableSchema.fromNameTypeDict({ id: "int" }) }),
      "table",
      { records: [{ id: 1 }], schema: { columns: [{ name: "id", type: "int", description: null }] } },
    ],
    [
      lineage,
      "table_column_lineage",
      {
        deps_by_column: {
          total: [
            { asset_key: ["a"], column_name: "x" },
            { asset_key: ["a"], column_name: "z" },
            { asset_key: ["b"], column_name: "y" },
          ],
        },
      },
    ],
  ];

  it.each(cases)("%j is exported as %s", (raw, type, value) => {
    expect(leaves(raw)).toEqual({ type, value });
  });

  it("keeps any JSON unchanged", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const left = leaves(MetadataValue.json(value as never)) as { readonly value: unknown };
        expect(JSON.stringify(left.value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    [{ deep: [new Map()] }, /Map at \$\.deep\[0\]/],
    [{ run: () => 1 }, /function at \$\.run/],
    [[Number.NaN], /NaN at \$\[0\]/],
  ])("rejects values without a Dagster type, with their position", (value, message) => {
    expect(() => new AssetSpec({ key: "a", metadata: { m: value as never } })).toThrow(message);
  });

  it("rejects a fraction as an int, an invalid date, and a column dependency named twice", () => {
    expect(() => MetadataValue.int(1.5)).toThrow(InvalidMetadataError);
    expect(() => MetadataValue.timestamp(new Date("never"))).toThrow(InvalidMetadataError);
    expect(
      () => new TableColumnLineage({ c: [new TableColumnDep("a", "x"), new TableColumnDep("a", "x")] }),
    ).toThrow(/twice/);
  });
});
