import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DbtRelations, readDbtRelations } from "@dagster-sigma/sigma-assets";
import { describe, expect, it } from "vitest";
import { dbtChanges, uncompiledModels } from "../src/dbt-changes/dbt-changes.ts";
import { describeChange } from "../src/dbt-changes/describe-change.ts";

interface Model {
  readonly sql?: string;
  readonly alias?: string;
  readonly schema?: string;
  readonly columns?: Readonly<Record<string, string | null>>;
  readonly contract?: boolean;
}

const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-dbt-changes-"));
let files = 0;

function writeFile(content: unknown): string {
  const file = join(folder, `${files++}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A manifest of models in the schema `db.main`, and the source `db.raw.src`. */
function manifest(models: Readonly<Record<string, Model>>): Promise<DbtRelations> {
  const nodes = Object.entries(models).map(([name, { sql, alias, schema = "main", columns, contract }]) => ({
    unique_id: `model.shop.${name}`,
    resource_type: "model",
    name,
    relation_name: `db.${schema}.${alias ?? name}`,
    original_file_path: `models/${name}.sql`,
    raw_code: sql ?? "select 1",
    ...(sql === undefined ? {} : { compiled_code: sql }),
    columns: Object.fromEntries(
      Object.entries(columns ?? {}).map(([column, data_type]) => [column, { name: column, data_type }]),
    ),
    config: { contract: { enforced: contract ?? false } },
  }));
  const source = {
    unique_id: "source.shop.raw.src",
    resource_type: "source",
    name: "src",
    relation_name: "db.raw.src",
  };
  return readDbtRelations(
    writeFile({
      metadata: { adapter_type: "snowflake" },
      nodes: Object.fromEntries(nodes.map((node) => [node.unique_id, node])),
      sources: { [source.unique_id]: source },
    }),
  );
}

async function changes(
  from: Readonly<Record<string, Model>>,
  to: Readonly<Record<string, Model>>,
  read: readonly string[] = [],
): Promise<readonly string[]> {
  const found = await dbtChanges({ from: await manifest(from), to: await manifest(to) }, () => read);
  return found.map(describeChange);
}

const of = (sql: string): Readonly<Record<string, Model>> => ({ m: { sql } });

describe("the changes between two manifests", () => {
  it.each<[string, string, string, readonly string[]]>([
    ["a dropped column", "select a, b from t", "select a from t", ["Column b of db.main.m is dropped"]],
    ["an added column", "select a from t", "select a, b from t", ["Column b of db.main.m is added"]],
    [
      "a renamed column",
      "select a, x - y as b from t",
      "with f as (select a, T.X-y as c from t) select * from f",
      ["Column b of db.main.m is probably renamed to c"],
    ],
    [
      "no renaming if the expressions differ",
      "select x - y as b from t",
      "select x + y as c from t",
      ["Column b of db.main.m is dropped", "Column c of db.main.m is added"],
    ],
    [
      "no renaming if it could be two",
      "select 1 as a, 1 as b from t",
      "select 1 as c from t",
      [
        "Column a of db.main.m is dropped",
        "Column b of db.main.m is dropped",
        "Column c of db.main.m is added",
      ],
    ],
    [
      "another type",
      "select a::numeric(10, 2) as a from t",
      "select cast(a as numeric(12,2)) as a from t",
      ["Column a of db.main.m changes its type from numeric(10,2) to numeric(12,2)"],
    ],
    [
      "another layout",
      "select a, b from t",
      "-- x\nwith q as (select * from (select T.b, A from t)) select * from q",
      [],
    ],
    ["another order", "select a, b from t", "select b, a from t", []],
    [
      "the same type, written otherwise",
      "select a::INT as a from t",
      "select cast(a as int) as a from t",
      [],
    ],
    ["SQL that cannot be read afterwards", "select a, b from t", "select a from (t", []],
    [
      "a column beside a star",
      "select *, x as b from db.raw.src",
      "select * from db.raw.src",
      ["Column b of db.main.m is dropped"],
    ],
    ["a column that a new star may contain", "select a, b from t", "select * from db.raw.src", []],
  ])("tell %s", async (_what, from, to, expected) => {
    expect(await changes(of(from), of(to))).toEqual(expected);
  });

  it("tell columns that Sigma reads, if those before are unknown", async () => {
    const star = "select * from db.raw.src";
    expect(await changes(of(star), of("select a from db.raw.src"), ["A", "B"])).toEqual([
      "Column B of db.main.m is dropped",
    ]);
    expect(await changes(of(star), of("select * exclude (b) from db.raw.src"), ["A", "B"])).toEqual([
      "Column B of db.main.m is dropped",
    ]);
    expect(await changes(of(star), of("select * rename (b as c) from db.raw.src"), ["A", "B"])).toEqual([
      "Column B of db.main.m is probably renamed to c",
    ]);
    expect(await changes(of(star), of(star), ["A", "B"])).toEqual([]);
  });

  it("reach a model that selects all columns of a changed one, also through others", async () => {
    const others = {
      n: { sql: "select * from db.main.m" },
      o: { sql: "with f as (select n.* from db.main.n) select * from f" },
    };
    expect(
      await changes(
        { m: { sql: "select a, b from t" }, ...others },
        { m: { sql: "select a from t" }, ...others },
      ),
    ).toEqual(["m", "n", "o"].map((name) => `Column b of db.main.${name} is dropped`));
  });

  it("tell dropped and renamed tables, and none if only the schema differs, as in a pull request's own", async () => {
    const sql = "select a from t";
    const from = { m: { sql }, n: { sql }, o: { sql } };
    const to = { n: { sql, alias: "n_new", schema: "pr_7" }, o: { sql, schema: "pr_7" } };
    expect(await changes(from, to)).toEqual([
      "Table db.main.m is dropped",
      "Table db.main.n is renamed to n_new",
    ]);
  });

  it("use contracts and declared types, but no columns that are only documented", async () => {
    const before = { a: "integer", b: "text" };
    const contract = (columns: Model["columns"]): Readonly<Record<string, Model>> => ({
      m: { columns: columns ?? {}, contract: true },
    });
    expect(await changes(contract(before), contract({ A: "bigint" }))).toEqual([
      "Column b of db.main.m is dropped",
      "Column a of db.main.m changes its type from integer to bigint",
    ]);
    expect(await changes({ m: { columns: before } }, { m: { columns: { a: "integer" } } })).toEqual([]);
  });

  it("are found in catalogs, too", async () => {
    const catalog = (columns: Readonly<Record<string, string>>): Promise<DbtRelations> =>
      readDbtRelations(
        writeFile({
          metadata: { dbt_schema_version: "https://schemas.getdbt.com/dbt/catalog/v1.json" },
          nodes: {
            "model.shop.m": {
              unique_id: "model.shop.m",
              metadata: { type: "TABLE", database: "DB", schema: "MAIN", name: "M" },
              columns: Object.fromEntries(
                Object.entries(columns).map(([name, type], at) => [name, { name, type, index: at + 1 }]),
              ),
            },
          },
          sources: {},
        }),
      );
    const found = await dbtChanges(
      { from: await catalog({ A: "NUMBER", B: "TEXT" }), to: await catalog({ A: "FLOAT" }) },
      () => [],
    );
    expect(found.map(describeChange)).toEqual([
      "Column B of DB.MAIN.M is dropped",
      "Column A of DB.MAIN.M changes its type from NUMBER to FLOAT",
    ]);
  });

  it("end for models that select from each other, as in a damaged manifest", async () => {
    const cycle = (sql: string): Readonly<Record<string, Model>> => ({
      m: { sql: "select *, 1 as x from db.main.n" },
      n: { sql },
    });
    expect(
      await changes(cycle("select * from db.main.m"), cycle("select *, 2 as y from db.main.m")),
    ).toContain("Column y of db.main.n is added");
  });

  it("count the models that dbt has not compiled", async () => {
    expect(uncompiledModels(await manifest({ m: {}, n: { sql: "select 1 as a" } }))).toBe(1);
  });

  it("need files of dbt", async () => {
    await expect(readDbtRelations(writeFile([1]))).rejects.toMatchObject({ code: "DBT_MANIFEST_UNREADABLE" });
    await expect(readDbtRelations(join(folder, "missing.json"))).rejects.toMatchObject({
      code: "DBT_MANIFEST_UNREADABLE",
    });
  });
});
