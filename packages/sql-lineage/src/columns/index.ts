/** Columns that were read, as data. Pure: loads neither the parser nor anything of Node. */

export { findColumn, type SqlOutput, type SqlRelation, type SqlTableColumn } from "./sql-relation.ts";
