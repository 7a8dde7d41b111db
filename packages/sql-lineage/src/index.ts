/** The tables and columns that a SQL statement reads. */

export {
  columnExpression,
  isOutlineTable,
  type SqlOutline,
  type SqlOutlineColumn,
  type SqlOutlineTable,
} from "./columns/sql-outline.ts";
export { findColumn, type SqlOutput, type SqlRelation, type SqlTableColumn } from "./columns/sql-relation.ts";
export { parseSqlDialect, type SqlDialect, sqlDialects } from "./dialects/sql-dialect.ts";
export { readColumns } from "./parser/read-columns.ts";
export { SqlColumnReader, type SqlColumnReaderOptions } from "./parser/sql-column-reader.ts";
export { readTables, type TableName } from "./tables/read-tables.ts";
export { renameInSql } from "./tables/rename-in-sql.ts";
