import { SqlColumnReader, type SqlRelation } from "@dagster-sigma/sql-lineage";
import { readTables, renameInSql } from "@dagster-sigma/sql-lineage/tables";
import { afterAll, describe, expect, it } from "vitest";
import { sqlCorpus } from "../../../sql-lineage/test/tables/sql-corpus/index.ts";
import { NameMap } from "../../src/recording/renaming/name-map.ts";

const reader = new SqlColumnReader();
afterAll(() => reader.close());

/** A relation with other names. */
function renamed(relation: SqlRelation | null, rename: (name: string) => string): SqlRelation | null {
  if (relation === null) return null;
  const tableColumn = ({
    table,
    column,
  }: SqlRelation["computedFrom"][number]): SqlRelation["computedFrom"][number] => ({
    table: table.map(rename),
    column: rename(column),
  });
  return {
    columns: relation.columns.map(({ name, from }) => ({
      name: name === null ? null : rename(name),
      from: from.map(tableColumn),
    })),
    passesThrough: relation.passesThrough.map((table) => table.map(rename)),
    computedFrom: relation.computedFrom.map(tableColumn),
  };
}

describe("rebuilt SQL", () => {
  it("reads the same tables under other names, in every statement of the corpus", () => {
    const wrong = sqlCorpus.flatMap(({ sql, dialect, tables }) => {
      const names = new NameMap();
      const rename = (name: string): string => names.rename(name);
      const rebuilt = renameInSql(sql, dialect, rename);
      const found = JSON.stringify(readTables(rebuilt, dialect));
      return found === JSON.stringify(tables.map((table) => table.map(rename)))
        ? []
        : [`${dialect}: ${sql}\n  ${rebuilt}\n ${found}`];
    });
    expect(wrong).toEqual([]);
  });

  it("has the same columns under other names", async () => {
    // The parser reads a stage as a table, and splits a project with a domain at all of its dots.
    const statements = sqlCorpus.filter(({ sql }) => !/@|\.com:/.test(sql));
    const wrong = await Promise.all(
      statements.map(async ({ sql, dialect }) => {
        const names = new NameMap();
        const rename = (name: string): string => names.rename(name);
        const rebuilt = renameInSql(sql, dialect, rename);
        const [before, after] = await Promise.all([reader.read(sql, dialect), reader.read(rebuilt, dialect)]);
        return JSON.stringify(renamed(before, rename)) === JSON.stringify(after)
          ? []
          : [`${dialect}: ${sql}\n  ${rebuilt}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`];
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });
});
