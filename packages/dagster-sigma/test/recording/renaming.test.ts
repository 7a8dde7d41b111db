import { readTables } from "@dagster-sigma/sql-lineage/tables";
import { describe, expect, it } from "vitest";
import * as keywords from "../../../sql-lineage/src/tables/sql-keywords.ts";
import { rebuildFormula } from "../../src/recording/renaming/rebuild-formula.ts";
import { rebuildSql } from "../../src/recording/renaming/rebuild-sql.ts";
import { Renaming } from "../../src/recording/renaming/renaming.ts";

const upper = (name: string): string => name.toUpperCase();

describe("a rebuilt formula", () => {
  it.each([
    ["[a/b]", "[A/B]"],
    [" [a] ", " [A] "],
    ['Sum([a/b]) + If([c] = "x", 1.5, 20)', 'Sum([A/B]) + If([C] = "text", 1, 1)'],
    ['"in [brackets] and \\"[quoted]\\"" & [a]', '"text" & [A]'],
    ["[a\\/b/c\\]d\\\\e]", "[A\\/B/C\\]D\\\\E]"],
    ["[] + [a//b]", "[] + [A//B]"],
    ["secret(1) + secret 'it is' // [a] secret", "Function_SECRET(1) + word 'word' // [A] word"],
    ["[a] /* secret\nsecret */ -- größe 売上", "[A] /* word */ -- word"],
    ['[open "secret', '[OPEN "SECRET'],
    ['"open [secret', '"text'],
    ["", ""],
  ])("of %s is %s", (formula, expected) => {
    expect(rebuildFormula(formula, upper)).toBe(expected);
  });
});

describe("renamed SQL", () => {
  const sql = 'select "b" from my-project.d.t # secret\n';

  it("has the dialect of its connection, or of all connections", () => {
    const renaming = new Renaming();
    const names = ["my-project", "d", "t"].map((name) => renaming.name(name));
    const tablesOf = (connectionId: string | null): readonly (readonly string[])[] =>
      readTables(renaming.sql(sql, connectionId), "bigquery");
    renaming.noteConnection("one", "bigQuery");
    expect(tablesOf("one")).toEqual([names]);
    expect(tablesOf(null)).toEqual([names]);
    renaming.noteConnection("two", "snowflake");
    expect(tablesOf("one")).toEqual([names]);
    expect(tablesOf(null)).not.toEqual([names]);
    expect(renaming.sql(sql, "one")).toContain('"text"');
  });

  it("is a list of its tables if renamed words would change them", () => {
    const rename = (name: string): string => (name === "join" ? "where" : name.toUpperCase());
    expect(rebuildSql("select * from a join b", "snowflake", rename)).toBe('select * from "A", "B"');
    expect(rebuildSql("select * from a join `b c`", "bigquery", rename)).toBe("select * from `A`, `B C`");
    expect(rebuildSql("select a b", "snowflake", (name) => (name === "a" ? "from" : name))).toBe("select 1");
  });

  it("has the keywords by which tables are found", () => {
    const renaming = new Renaming();
    const sets = Object.values(keywords).flatMap((words) => [...words]);
    expect(sets.length).toBeGreaterThan(50);
    expect(sets.filter((word) => renaming.name(word) !== word)).toEqual([]);
  });
});

describe("renamed times and addresses", () => {
  it("keep their distances, and whether Dagster accepts them", () => {
    const renaming = new Renaming();
    const [first, second] = ["2026-01-02T03:04:05.006Z", "2026-01-02T04:04:05.006Z"].map((time) =>
      renaming.time(time),
    );
    expect(Date.parse(second ?? "") - Date.parse(first ?? "")).toBe(3_600_000);
    expect(Date.parse(first ?? "")).toBeLessThan(Date.parse("2025-12-04"));
    expect(renaming.time("yesterday")).toBe("no time");
    expect(renaming.email("Ada@example.org")).toBe(renaming.email("ada@example.org"));
    expect(renaming.email("ada")).not.toContain("@");
  });

  it("differ between recordings", () => {
    const [one, other] = [new Renaming(), new Renaming()];
    const texts = (renaming: Renaming): readonly string[] => [
      renaming.time("2026-01-02T03:04:05.006Z"),
      renaming.id("90c192cf-d3ac-44af-8f21-ddb66cad4a26"),
      renaming.email("ada@example.org"),
    ];
    for (const text of texts(one)) expect(texts(other)).not.toContain(text);
  });
});
