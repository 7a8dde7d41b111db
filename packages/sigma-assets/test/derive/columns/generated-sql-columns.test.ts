import { type CustomSql, elementsOf, generateOrganization } from "@dagster-sigma/sigma-sandbox";
import { SqlColumnReader } from "@dagster-sigma/sql-lineage";
import { parseSqlDialect } from "@dagster-sigma/sql-lineage/tables";
import { afterAll, describe, expect, it } from "vitest";
import { findShownColumn, friendlyName } from "../../../src/derive/columns/shown-column-names.ts";

const reader = new SqlColumnReader({ collectMs: 0 });
afterAll(() => reader.close());

describe("column lineage of SQL", () => {
  it.each([1, 2, 3, 4])(
    "resolves the columns of a generated organization to their tables, seed %i",
    async (seed) => {
      const { workbooks, dataModels } = generateOrganization({ workbooks: 60, seed });
      const statements = [...workbooks, ...dataModels]
        .flatMap(elementsOf)
        .flatMap(({ sources }) => sources)
        .filter((source): source is CustomSql => source.kind === "sql");
      const missing: string[] = [];
      let judged = 0;
      for (const { definition, connection, columns } of statements) {
        const relation = await reader.read(definition, parseSqlDialect(connection.type));
        for (const { name, from } of columns) {
          judged++;
          const found = relation === null ? null : findShownColumn(relation, name);
          // Only the display names of columns from `*` are known.
          const names = (found ?? []).map(({ table, column }) => friendlyName(`${table.at(-1)}.${column}`));
          const actual = from.map(({ source, column }) =>
            friendlyName(`${source.kind === "table" ? source.path.at(-1) : ""}.${column}`),
          );
          if ([...new Set(names)].sort().join() !== [...new Set(actual)].sort().join())
            missing.push(`${name}: ${names} instead of ${actual} in ${definition}`);
        }
      }
      expect(judged).toBeGreaterThan(50);
      expect(missing).toEqual([]);
    },
  );
});
