import { dialectTraits } from "../dialects/dialect-traits.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";
import { lexSql } from "./lex-sql.ts";
import { TableScanner } from "./table-scanner.ts";

/** The parts of a table name as written in SQL: without quotes, case unchanged. */
export type TableName = readonly string[];

/**
 * The tables that SQL reads, each once, in order of appearance, without CTEs, aliases, table functions, stages and unnested
 * columns. Never throws: text that it does not understand is skipped.
 *
 *     readTables("select * from DB.S.T join U", "snowflake"); // [["DB", "S", "T"], ["U"]]
 *
 * @param sql one or more statements; no tables for null and undefined
 * @param dialect the dialect (default: `generic`)
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
