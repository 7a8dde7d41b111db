import { readTables, renameInSql, type SqlDialect, type TableName } from "@dagster-sigma/sql-lineage/tables";

/**
 * Rebuilds SQL from its tokens with other names. If the result would not read the same tables, which renamed keywords of an
 * unknown dialect may cause, it is a statement that reads only them.
 */
export function rebuildSql(sql: string, dialect: SqlDialect, rename: (name: string) => string): string {
  const rebuilt = renameInSql(sql, dialect, rename);
  const tables = readTables(sql, dialect).map((table) => table.map(rename));
  if (listText(readTables(rebuilt, dialect)) === listText(tables)) return rebuilt;
  return tables.length === 0 ? "select 1" : `select * from ${tables.map(quotedIn(dialect)).join(", ")}`;
}

/** Different names of one table may have become equal. */
function listText(tables: readonly TableName[]): string {
  return [...new Set(tables.map((table) => JSON.stringify(table)))].join();
}

function quotedIn(dialect: SqlDialect): (table: TableName) => string {
  const isBackticked = dialect === "bigquery" || dialect === "databricks" || dialect === "mysql";
  const quote = isBackticked ? "`" : '"';
  return (table) => table.map((part) => `${quote}${part.replaceAll(quote, quote + quote)}${quote}`).join(".");
}
