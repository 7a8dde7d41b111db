import type { DbtRelation } from "@dagster-sigma/sigma-assets";
import { columnExpression } from "@dagster-sigma/sql-lineage";
import type { RelationColumn, RelationColumns } from "./relation-columns.ts";

/** What a pull request changes in a relation of dbt. */
export interface DbtChange {
  readonly kind:
    | "table-dropped"
    | "table-renamed"
    | "column-dropped"
    | "column-renamed"
    | "type-changed"
    | "column-added";
  /** Before the change. */
  readonly relation: DbtRelation;
  /** After the change; null if it is dropped. */
  readonly newRelation: DbtRelation | null;
  /** Name of the column, before the change if it had one; null for the table. */
  readonly column: string | null;
  /** Former type, for `type-changed`. */
  readonly from: string | null;
  /** New type for `type-changed`, new name for `column-renamed` and `table-renamed`. */
  readonly to: string | null;
}

/** A relation before and after a change. */
export interface RelationPair {
  readonly relation: DbtRelation;
  readonly newRelation: DbtRelation;
  readonly columns: RelationColumns;
  readonly newColumns: RelationColumns;
}

/**
 * The changes of one relation's columns: dropped, added, renamed, of another type. A column is dropped if it is known to be missing afterwards. If
 * the columns before the change are not all known, those that Sigma reads count. A dropped and an added column with equal expressions, and
 * no other such column, are a column that was probably renamed.
 *
 * @param readColumns names of the columns that Sigma reads
 */
export function diffColumns(pair: RelationPair, readColumns: readonly string[]): readonly DbtChange[] {
  const { relation, newRelation, columns, newColumns } = pair;
  const isOpen = columns.tables.size > 0 || !columns.isComplete;
  const before = new Map(columns.known);
  for (const name of isOpen ? readColumns : []) {
    const key = name.toLowerCase();
    if (!before.has(key)) before.set(key, { name, type: null, expression: columnExpression(name) });
  }
  const dropped = [...before].filter(([name]) => isDropped(pair, name));
  const added = [...newColumns.known].filter(([name]) => !before.has(name) && columns.isComplete);
  const renamed = findRenamed(
    dropped.map(([, column]) => column),
    added.map(([, column]) => column),
  );
  const newNames = new Set(renamed.values());
  const change = (
    kind: DbtChange["kind"],
    column: string,
    { from = null, to = null }: Partial<Pick<DbtChange, "from" | "to">> = {},
  ): DbtChange => ({ kind, relation, newRelation, column, from, to });
  return [
    ...dropped.map(([, column]) => {
      const to = renamed.get(column);
      return to === undefined
        ? change("column-dropped", column.name)
        : change("column-renamed", column.name, { to: to.name });
    }),
    ...[...columns.known].flatMap(([name, { name: written, type }]) => {
      const newType = newColumns.known.get(name)?.type ?? null;
      return type === null || newType === null || isSameType(type, newType)
        ? []
        : [change("type-changed", written, { from: type, to: newType })];
    }),
    ...added.flatMap(([, column]) => (newNames.has(column) ? [] : [change("column-added", column.name)])),
  ];
}

function isDropped({ columns, newColumns }: RelationPair, name: string): boolean {
  if (!newColumns.isComplete || newColumns.known.has(name)) return false;
  return [...newColumns.tables].every(([table, without]) => {
    if (without.has(name)) return true;
    // A table that was selected before, beside a column of this name, has no such column.
    return columns.known.has(name) && columns.tables.get(table)?.has(name) === false;
  });
}

/** New columns by the dropped ones. */
function findRenamed(
  dropped: readonly RelationColumn[],
  added: readonly RelationColumn[],
): ReadonlyMap<RelationColumn, RelationColumn> {
  const found = new Map<RelationColumn, RelationColumn>();
  for (const column of dropped) {
    const { expression } = column;
    if (expression === null || dropped.filter((each) => each.expression === expression).length > 1) continue;
    const [only, ...others] = added.filter((each) => each.expression === expression);
    if (only !== undefined && others.length === 0) found.set(column, only);
  }
  return found;
}

function isSameType(one: string, other: string): boolean {
  const plain = (type: string): string => type.toLowerCase().replace(/\s+/g, "");
  return plain(one) === plain(other);
}
