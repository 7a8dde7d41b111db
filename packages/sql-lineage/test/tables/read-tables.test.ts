import { describe, expect, it } from "vitest";
import { readTables } from "../../src/tables/read-tables.ts";
import { sqlCorpus } from "./sql-corpus/index.ts";

describe("the labeled corpus", () => {
  it("has at least 300 statements", () => {
    expect(sqlCorpus.length).toBeGreaterThanOrEqual(300);
    expect(new Set(sqlCorpus.map(({ dialect, sql }) => `${dialect} ${sql}`)).size).toBe(sqlCorpus.length);
  });

  it.each(sqlCorpus.map(({ dialect, sql, tables }) => [dialect, sql, tables] as const))(
    "is read exactly: %s: %s",
    (dialect, sql, tables) => {
      expect(readTables(sql, dialect)).toEqual(tables);
    },
  );
});
