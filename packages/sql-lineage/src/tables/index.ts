/** The tables that SQL reads. Pure: loads neither the parser nor anything of Node. */

export { parseSqlDialect, type SqlDialect, sqlDialects } from "../dialects/sql-dialect.ts";
export { readTables, type TableName } from "./read-tables.ts";
export { renameInSql } from "./rename-in-sql.ts";
