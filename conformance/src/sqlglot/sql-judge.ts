import { readTables } from "@dagster-sigma/sql-lineage";
import type { JudgedStatement } from "./sqlglot-statements.ts";

/** Number of statements that give exactly the tables that sqlglot finds. */
export interface ExactCount {
  readonly exact: number;
  readonly statements: number;
  readonly byDialect: ReadonlyMap<string, { readonly exact: number; readonly statements: number }>;
}

export function countExact(statements: readonly JudgedStatement[]): ExactCount {
  const byDialect = new Map<string, { exact: number; statements: number }>();
  let exact = 0;
  for (const { sql, dialect, tables } of statements) {
    const count = byDialect.get(dialect) ?? { exact: 0, statements: 0 };
    byDialect.set(dialect, count);
    count.statements++;
    if (setText(readTables(sql, dialect)) !== setText(tables)) continue;
    count.exact++;
    exact++;
  }
  return { exact, statements: statements.length, byDialect };
}

function setText(tables: readonly (readonly string[])[]): string {
  return tables
    .map((name) => JSON.stringify(name))
    .sort()
    .join("\n");
}
