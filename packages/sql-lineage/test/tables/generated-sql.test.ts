import { type CustomSql, elementsOf, generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import { parseSqlDialect } from "../../src/dialects/sql-dialect.ts";
import { readTables } from "../../src/tables/read-tables.ts";

/** Realistic SQL with the tables that it reads. */
function writtenSql(seed: number): readonly CustomSql[] {
  const { workbooks, dataModels } = generateOrganization({ workbooks: 80, seed });
  return [...workbooks, ...dataModels]
    .flatMap(elementsOf)
    .flatMap(({ sources }) => sources)
    .filter((source) => source.kind === "sql");
}

describe("readTables", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "finds all tables in the SQL of a generated organization, seed %i",
    (seed) => {
      const statements = writtenSql(seed);
      expect(statements.length).toBeGreaterThan(20);
      for (const { definition, tables, connection } of statements) {
        const found = readTables(definition, parseSqlDialect(connection.type));
        // The database may be omitted.
        const read = tables.map(({ path }) => path.slice(-2));
        expect(found.map((name) => name.slice(-2))).toEqual(read);
        for (const [index, name] of found.entries()) {
          if (name.length === 3) expect(name).toEqual(tables[index]?.path);
        }
      }
    },
  );
});
