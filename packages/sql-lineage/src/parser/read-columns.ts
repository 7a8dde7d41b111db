import type { SqlRelation } from "../columns/sql-relation.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";
import { SqlColumnReader } from "./sql-column-reader.ts";

let shared: SqlColumnReader | null = null;

/**
 * The columns that one SQL query returns, each with the table columns that it is computed from.
 *
 * The first call starts a worker thread that all calls in the process share; it does not keep the process running. Use a
 * `SqlColumnReader` to set the time limit or to end the thread.
 *
 * @returns null when the statement cannot be read: a syntax error, several statements, not a query, longer than 1,000,000
 *   characters, more than 2 s of parsing; always null when `@guanmingchiu/sqlparser-ts` is not installed
 */
export function readColumns(sql: string, dialect: SqlDialect = "generic"): Promise<SqlRelation | null> {
  // Calls of the same tick are still sent together; a loop that awaits each call must not wait for others.
  shared ??= new SqlColumnReader({ collectMs: 0 });
  return shared.read(sql, dialect);
}
