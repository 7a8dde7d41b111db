import { dialectTraits } from "../dialects/dialect-traits.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";
import { lexSql } from "./lex-sql.ts";
import { TableScanner } from "./table-scanner.ts";

/** The parts of a table's name as they stand in SQL, without quotes and without change of case. */
export type TableName = readonly string[];

/**
 * The tables that SQL reads, each once, in order of appearance. Left out are CTE names, aliases, table functions, stages,
 * and columns that are unnested. Never fails: what it does not understand it passes over.
 */
export function readTables(
  sql: string | null | undefined,
  dialect: SqlDialect = "generic",
): readonly TableName[] {
  if (sql == null || sql === "") return [];
  const traits = dialectTraits[dialect];
  const scanner = new TableScanner(lexSql(sql, traits), traits);
  const byText = new Map<string, TableName>();
  for (const name of scanner.run()) {
    const text = JSON.stringify(name);
    if (!byText.has(text)) byText.set(text, name);
  }
  return [...byText.values()];
}
