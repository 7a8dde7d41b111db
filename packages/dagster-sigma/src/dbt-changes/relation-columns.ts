import type { DbtRelation, DbtRelations } from "@dagster-sigma/sigma-assets";
import { TableIndex } from "@dagster-sigma/sigma-assets";
import { isOutlineTable, type SqlColumnReader, type SqlOutline } from "@dagster-sigma/sql-lineage";

/** A column of a relation. */
export interface RelationColumn {
  readonly name: string;
  /** Null if it is unknown. */
  readonly type: string | null;
  /** Equal for equal expressions; null if it is unknown. */
  readonly expression: string | null;
}

/** What is known about the columns of a relation. */
export interface RelationColumns {
  /** By name in lower case. */
  readonly known: ReadonlyMap<string, RelationColumn>;
  /** The tables, by last part of the name, of which it also has all columns, which are unknown; with the names that it leaves out. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether it has no other columns. */
  readonly isComplete: boolean;
}

/** Outlines by SQL: most models are the same in both manifests. */
export type OutlineCache = Map<string, Promise<SqlOutline | null>>;

/**
 * The columns of some relations, from a catalog, a contract or compiled SQL. A `*` is replaced by the columns of the model that it
 * selects from.
 *
 * @param wanted unique ids
 */
export async function relationColumns(
  { dialect, relations }: DbtRelations,
  wanted: Iterable<string>,
  reader: Pick<SqlColumnReader, "read">,
  cache: OutlineCache,
): Promise<ReadonlyMap<string, RelationColumns>> {
  const byId = new Map(relations.map((relation) => [relation.uniqueId, relation]));
  const index = new TableIndex(relations.map((relation) => [relation.table, relation] as const));
  const outlines = new Map<string, SqlOutline | null>();
  let next = new Set(wanted);
  while (next.size > 0) {
    const read = await Promise.all(
      [...next].flatMap((id) => {
        const sql = byId.get(id)?.compiledCode ?? null;
        return sql === null ? [] : [readOutline(sql).then((outline) => [id, outline] as const)];
      }),
    );
    for (const [id, outline] of read) outlines.set(id, outline);
    const sources = read.flatMap(([, outline]) =>
      (outline ?? []).flatMap((item) => (isOutlineTable(item) ? index.find(item.table) : [])),
    );
    next = new Set(sources.map(({ uniqueId }) => uniqueId).filter((id) => !outlines.has(id)));
    for (const id of next) outlines.set(id, null);
  }

  function readOutline(sql: string): Promise<SqlOutline | null> {
    const known = cache.get(sql);
    if (known !== undefined) return known;
    const reading = reader.read(sql, dialect).then((relation) => relation?.outline ?? null);
    cache.set(sql, reading);
    return reading;
  }

  const resolved = new Map<string, RelationColumns>();
  const isBeingResolved = new Set<string>();
  function resolve(relation: DbtRelation): RelationColumns {
    const { uniqueId } = relation;
    const done = resolved.get(uniqueId);
    if (done !== undefined) return done;
    // A manifest with a cycle is damaged; what the cycle returns is unknown.
    if (isBeingResolved.has(uniqueId)) return unknownColumns;
    isBeingResolved.add(uniqueId);
    const columns = columnsOf(relation, outlines.get(uniqueId) ?? null, (table) => {
      const [only, ...others] = index.find(table);
      return only === undefined || others.length > 0 ? null : resolve(only);
    });
    isBeingResolved.delete(uniqueId);
    resolved.set(uniqueId, columns);
    return columns;
  }
  return new Map(
    [...wanted].flatMap((id) => {
      const relation = byId.get(id);
      return relation === undefined ? [] : [[id, resolve(relation)] as const];
    }),
  );
}

const unknownColumns: RelationColumns = { known: new Map(), tables: new Map(), isComplete: false };

function columnsOf(
  { columns, isComplete }: DbtRelation,
  outline: SqlOutline | null,
  columnsOfTable: (table: readonly string[]) => RelationColumns | null,
): RelationColumns {
  const declared = new Map(
    columns.map(({ name, type }) => [name.toLowerCase(), { name, type, expression: null }]),
  );
  if (outline === null) return { known: declared, tables: new Map(), isComplete };
  const known = new Map<string, RelationColumn>();
  const tables = new Map<string, ReadonlySet<string>>();
  let isWhole = true;
  const add = (column: RelationColumn): void => {
    const name = column.name.toLowerCase();
    const type = column.type ?? declared.get(name)?.type ?? null;
    if (!known.has(name)) known.set(name, { ...column, type });
  };
  const addTable = (table: string, without: Iterable<string>): void => {
    const before = tables.get(table);
    const all = new Set(without);
    // Of a table that is selected twice, only what both leave out is missing.
    tables.set(table, before === undefined ? all : new Set([...before].filter((name) => all.has(name))));
  };
  for (const item of outline) {
    if (!isOutlineTable(item)) {
      if (item.name !== null) add({ name: item.name, type: item.type, expression: item.expression });
      continue;
    }
    const source = columnsOfTable(item.table);
    const without = new Set(item.without);
    if (source === null || (!source.isComplete && source.tables.size === 0)) {
      addTable(item.table.at(-1)?.toLowerCase() ?? "", without);
      continue;
    }
    isWhole &&= source.isComplete || source.tables.size > 0;
    for (const [name, column] of source.known) if (!without.has(name)) add(column);
    for (const [table, hidden] of source.tables) addTable(table, [...hidden, ...without]);
  }
  return { known, tables, isComplete: isWhole };
}
