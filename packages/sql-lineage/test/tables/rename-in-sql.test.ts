import { describe, expect, it } from "vitest";
import { readTables } from "../../src/tables/read-tables.ts";
import { renameInSql } from "../../src/tables/rename-in-sql.ts";
import { sqlCorpus } from "./sql-corpus/index.ts";

const upper = (name: string): string => name.toUpperCase();

describe("renameInSql", () => {
  it.each([
    [
      "snowflake",
      "select a.b, 'x''y', \"C\" -- d\n from t /* e */ // f",
      "select A.B, 'text''', \"C\" from T",
    ],
    [
      "snowflake",
      "select $$a$$, $1, @~/x, {{y}}, 0x1F, 12.5e3, '' from t",
      "select 'text', $1, @stage, {{control}}, 1, 1.1, '' from T",
    ],
    [
      "bigquery",
      "select a-b, \"x\", r'y' from my-project.d.t, `p.d.t` # c",
      "select A-B, \"text\", r'text' from MY-PROJECT.D.T, `P.D.T`",
    ],
    [
      "postgres",
      "select E'it\\'s', U&'x', a @> b, a->>'k' from t where x = 'open",
      "select E'text\\'', U&'text', A @> B, A->>'text' from T where X = 'text",
    ],
    ["generic", "select [a b], 'x' 'y' from [c d].`e.f`", "select [A B], 'text' 'text' from [C D].`E.F`"],
    ["generic", "select items[pos + 2] from([t])", "select ITEMS[POS + 1] from([T])"],
    ["snowflake", "{% if x %} select y from t", "{% control %} select Y from T"],
    ["postgres", "'x'", "'text'"],
    ["databricks", "select größe, x:a.b from t -- café", "select GRÖSSE, X:A.B from T"],
  ] as const)("replaces names, literals and numbers in %s", (dialect, sql, expected) => {
    const keywords = new Set(["select", "from", "where"]);
    expect(renameInSql(sql, dialect, (name) => (keywords.has(name) ? name : upper(name)))).toBe(expected);
  });

  it("renames a dashed name as a whole, also where a name ends with the prefix of a literal", () => {
    const rename = (name: string): string => (name === "my-project" ? "other-one" : upper(name));
    expect(renameInSql("select a-b, my-project.d.t.x from my-project.d.t", "bigquery", rename)).toBe(
      "SELECT A-B, other-one.D.T.X FROM other-one.D.T",
    );
    expect(renameInSql("select menu&'x', u&'y' from t", "postgres", upper)).toBe(
      "SELECT MENU&'text', u&'text' FROM T",
    );
  });

  it("replaces numbers with a suffix, and no names that begin with a digit", () => {
    expect(renameInSql("select 10L, 5bd, 1x from 2t", "databricks", upper)).toBe("SELECT 1, 1, 1X FROM 2T");
  });

  it("quotes names that the statement cannot contain otherwise", () => {
    const rename = (name: string): string => (name === "t" ? 'a "b" c' : name);
    expect(renameInSql("select x from t", "postgres", rename)).toBe('select x from "a ""b"" c"');
    expect(renameInSql("select x from t", "mysql", rename)).toBe('select x from `a "b" c`');
    expect(renameInSql('select x from "t"', "postgres", rename)).toBe('select x from "a ""b"" c"');
  });

  it("leaves a statement of the corpus with the tables that it reads", () => {
    const wrong = sqlCorpus.filter(({ sql, dialect, tables }) => {
      const rebuilt = renameInSql(sql, dialect, (name) => name);
      return JSON.stringify(readTables(rebuilt, dialect)) !== JSON.stringify(tables);
    });
    expect(wrong).toEqual([]);
  });

  it("takes linear time for dashes without end", () => {
    const dashes = `select * from a-b, ${"a-".repeat(200_000)}`;
    const before = performance.now();
    renameInSql(dashes, "bigquery", (name) => name);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});
