import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSqlDialect, sqlDialects } from "../../src/dialects/sql-dialect.ts";
import { readTables } from "../../src/tables/read-tables.ts";
import { sqlCorpus } from "./sql-corpus/index.ts";

const megabyte = 1_000_000;
const fill = (part: string, size = megabyte) => part.repeat(Math.ceil(size / part.length));

describe("readTables without a table", () => {
  it.each([null, undefined, "", "   ", "-- select * from t", "/* from t", ";;", "select 1"])("%j", (sql) => {
    for (const dialect of sqlDialects) expect(readTables(sql, dialect)).toEqual([]);
  });
});

describe("parseSqlDialect", () => {
  it.each([
    ["Snowflake", "snowflake"],
    ["bigQuery", "bigquery"],
    ["postgresql", "postgres"],
    ["oracle", "generic"],
    ["", "generic"],
    [null, "generic"],
  ])("%j is %s", (name, dialect) => {
    expect(parseSqlDialect(name)).toBe(dialect);
  });
});

/** About 1 MB each; non-linear algorithms would take minutes or overflow the stack. */
const large: readonly (readonly [string, string])[] = [
  ["10,000 nested parentheses", `select * from ${"(".repeat(10_000)}db.t${")".repeat(10_000)}`],
  ["10,000 nested queries", `${"select * from (".repeat(10_000)}select 1 from db.t${")".repeat(10_000)}`],
  ["unclosed parentheses", `select * from db.t where ${fill("(")}`],
  ["mismatched brackets", `select * from db.t where ${fill("(", 500_000)}${fill("]", 500_000)}`],
  ["comments within comments", `select * from db.t ${fill("/* ", 500_000)}${fill("*/", 500_000)}`],
  ["unclosed placeholders", `select * from db.t where ${fill("{{ ")}`],
  ["a long list of columns", `select ${fill("a.b as c, ")} 1 from db.t`],
  ["many aliases", `select * from ${Array.from({ length: 50_000 }, (_, i) => `db.t x${i}`).join(", ")}`],
  [
    "many CTEs",
    `with c0 as (select * from db.t), ${Array.from({ length: 20_000 }, (_, i) => `c${i + 1} as (select * from c${i})`).join(", ")} select * from c20000`,
  ],
  ["many unions", `select 1 from db.t ${fill("union all select 1 from db.t ")}`],
  ["aliases in nested queries", `select * from db.t o ${fill(", (select * from db.t o ")}`],
];

describe("readTables on a large statement", () => {
  it.each(large)("%s", (_, sql) => {
    for (const dialect of ["snowflake", "bigquery", "postgres"] as const) {
      expect(readTables(sql, dialect)).toEqual([["db", "t"]]);
    }
  });
});

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      ..."select from where join with as union lateral table values unnest ( ) [ ] { } {{ }} , . ; ' \" ` -- /* */ $$ @s |> * = t a.b".split(
        " ",
      ),
    ),
    fc.string({ unit: "binary" }),
  ),
);

describe("readTables", () => {
  it("returns distinct, non-empty names for any input", () => {
    fc.assert(
      fc.property(pieces, fc.constantFrom(...sqlDialects), (parts, dialect) => {
        const found = readTables(parts.join(" "), dialect);
        expect(found.every((name) => name.length > 0)).toBe(true);
        expect(new Set(found.map((name) => JSON.stringify(name))).size).toBe(found.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads a statement that is cut anywhere", () => {
    for (const { sql, dialect } of sqlCorpus)
      for (const { index } of sql.matchAll(/\b/g)) {
        expect(Array.isArray(readTables(sql.slice(0, index), dialect)), sql.slice(0, index)).toBe(true);
        expect(Array.isArray(readTables(sql.slice(index), dialect)), sql.slice(index)).toBe(true);
      }
  });

  const labeled = fc.constantFrom(...sqlCorpus);
  /** Statements without quotes and comments, which must not be split. */
  const plain = fc.constantFrom(...sqlCorpus.filter(({ sql }) => !/['"`$/#-]/.test(sql)));
  const queries = fc.constantFrom(
    ...sqlCorpus.filter(({ sql }) => /^select/i.test(sql) && !/;|--|#|\binto\b|\|>/i.test(sql)),
  );

  it("returns the same tables with comments and line breaks between words", () => {
    fc.assert(
      fc.property(plain, ({ sql, tables, dialect }) => {
        const spaced = sql.replaceAll(" ", " /* from x */\n-- join y\n\t");
        expect(readTables(spaced, dialect)).toEqual(tables);
      }),
    );
  });

  it("returns the same tables for a nested query", () => {
    fc.assert(
      fc.property(queries, ({ sql, tables, dialect }) => {
        expect(readTables(`select q.* from (${sql}) q`, dialect)).toEqual(tables);
        expect(readTables(`with q as (${sql}) select * from q`, dialect)).toEqual(tables);
      }),
      { numRuns: 400 },
    );
  });

  it("ignores the comment that Sigma appends to a statement", () => {
    fc.assert(
      fc.property(labeled, ({ sql, tables, dialect }) => {
        const comment = '\n\n-- Sigma Σ {"request-id":"1","email":"a@b.example","note":"from x join y"}';
        expect(readTables(sql + comment, dialect)).toEqual(tables);
      }),
    );
  });
});
