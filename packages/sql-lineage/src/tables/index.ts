/** The tables that SQL reads. Pure: loads neither the parser nor anything of Node. */

export { parseSqlDialect, type SqlDialect, sqlDialects } from "../dialects/sql-dialect.ts";
export { findTables, type TableName } from "./find-tables.ts";
