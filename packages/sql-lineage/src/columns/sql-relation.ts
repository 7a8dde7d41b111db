import type { TableName } from "../tables/read-tables.ts";
import { isOutlineTable, type SqlOutline } from "./sql-outline.ts";

/** A column of a table, both named as in the SQL text. */
export interface SqlTableColumn {
  /** The parts of the table's name. */
  readonly table: TableName;
  /** The column's name. */
  readonly column: string;
}

/** An output column, with the table columns that it is computed from. */
export interface SqlOutput {
  /** As written, without quotes. Null for an expression without a name. */
  readonly name: string | null;
  /** The table columns, each once. Empty for a constant, and for a column that cannot be resolved. */
  readonly from: readonly SqlTableColumn[];
}

/**
 * The columns of a table, a CTE, a subquery or a whole statement. The columns of tables are unknown: for columns selected by
 * `*`, only the table is known.
 */
export interface SqlRelation {
  /** The output columns, in order. */
  readonly columns: readonly SqlOutput[];
  /** Any column that is not in `columns` has the same name in each of these tables. */
  readonly passesThrough: readonly TableName[];
  /** Any other column is computed from these. */
  readonly computedFrom: readonly SqlTableColumn[];
  /** Only if the reader was asked for outlines. Missing if what the query returns is unknown. */
  readonly outline?: SqlOutline;
}

export const emptyRelation: SqlRelation = { columns: [], passesThrough: [], computedFrom: [] };

/**
 * The table columns that a column is computed from. Null if the relation does not have the column, as far as known.
 *
 * @param name the column's name, case-insensitive
 */
export function findColumn(relation: SqlRelation, name: string): readonly SqlTableColumn[] | null {
  const named = relation.columns.filter((column) => isSameName(column.name, name));
  if (named.length > 0) return distinctColumns(named.flatMap(({ from }) => from));
  if (relation.passesThrough.length > 0)
    return relation.passesThrough.map((table) => ({ table, column: name }));
  return relation.computedFrom.length > 0 ? relation.computedFrom : null;
}

/** The union of two relations: columns are matched by position and named as in the first. */
export function uniteRelations(first: SqlRelation, second: SqlRelation): SqlRelation {
  return {
    columns: first.columns.map(({ name, from }, index) => {
      const theirs = second.columns[index]?.from ?? (name === null ? null : findColumn(second, name)) ?? [];
      return { name, from: distinctColumns([...from, ...theirs]) };
    }),
    ...(first.outline === undefined ? {} : { outline: first.outline }),
    passesThrough: distinctBy([...first.passesThrough, ...second.passesThrough], (table) => table.join("\n")),
    computedFrom: distinctColumns([...first.computedFrom, ...second.computedFrom]),
  };
}

/** `as q (a, b)` renames the first columns, or names those of a function. */
export function renameColumns(relation: SqlRelation, names: readonly string[]): SqlRelation {
  if (names.length === 0) return relation;
  const columns = names.map((name, index) => ({
    name,
    from: relation.columns[index]?.from ?? relation.computedFrom,
  }));
  const { outline, ...others } = relation;
  // It is unknown which columns of a table the names rename.
  const known = outline?.flatMap((item) => (isOutlineTable(item) ? [] : [item]));
  return {
    ...others,
    columns: [...columns, ...relation.columns.slice(names.length)],
    ...(known === undefined || known.length !== outline?.length
      ? {}
      : { outline: known.map((column, index) => ({ ...column, name: names[index] ?? column.name })) }),
  };
}

/** Column names are compared case-insensitively. */
export function isSameName(a: string | null, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}

export function distinctColumns(columns: readonly SqlTableColumn[]): readonly SqlTableColumn[] {
  return distinctBy(columns, ({ table, column }) => JSON.stringify([table, column]));
}

function distinctBy<Item>(items: readonly Item[], identity: (item: Item) => string): readonly Item[] {
  return [...new Map([...items].reverse().map((item) => [identity(item), item])).values()].reverse();
}
