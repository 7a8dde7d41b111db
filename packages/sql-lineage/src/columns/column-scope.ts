import {
  distinctColumns,
  emptyRelation,
  findColumn,
  isSameName,
  type SqlOutput,
  type SqlRelation,
  type SqlTableColumn,
} from "./sql-relation.ts";

/** An item of a `from` clause, under the name that qualifies its columns. */
export interface ScopeSource {
  /** Null for a subquery without an alias. */
  readonly alias: string | null;
  readonly relation: SqlRelation;
}

interface ScopeOptions {
  /** Columns that joins merge (`using`): each comes from all sources. */
  readonly merged?: readonly string[];
  /** Columns that the same `select` named earlier. */
  readonly given?: readonly SqlOutput[];
  readonly around?: ColumnScope | null;
}

/** Where the columns of a `select` are looked up: in its sources, then in those of the enclosing queries. */
export class ColumnScope {
  readonly sources: readonly ScopeSource[];
  readonly #options: ScopeOptions;

  constructor(sources: readonly ScopeSource[], options: ScopeOptions = {}) {
    this.sources = sources;
    this.#options = options;
  }

  withGiven(given: readonly SqlOutput[]): ColumnScope {
    return new ColumnScope(this.sources, { ...this.#options, given });
  }

  /**
   * The table columns that a name such as `a`, `t.a` or `db.schema.t.a` refers to. What follows a column name are fields
   * of the column. Null when the name is not found or ambiguous.
   */
  resolve(parts: readonly string[]): readonly SqlTableColumn[] | null {
    for (let length = Math.min(parts.length - 1, 4); length > 0; length--) {
      const qualifier = parts[length - 1] ?? "";
      const sources = this.sources.filter(({ alias }) => isSameName(alias, qualifier));
      if (sources.length > 0) return findInOne(sources, parts[length] ?? "");
    }
    const [name] = parts;
    const { given = [], around } = this.#options;
    const isAround = parts.length > 1 && this.#isQualifiedAround(parts);
    return (isAround ? null : this.#find(name ?? "", given)) ?? around?.resolve(parts) ?? null;
  }

  #isQualifiedAround(parts: readonly string[]): boolean {
    const scope = this.#options.around ?? null;
    if (scope === null) return false;
    const isThere = scope.sources.some(({ alias }) => isSameName(alias, parts[0] ?? ""));
    return isThere || scope.#isQualifiedAround(parts);
  }

  /** A table may have any column: a column that the `select` named takes precedence over one that might exist. */
  #find(name: string, given: readonly SqlOutput[]): readonly SqlTableColumn[] | null {
    if (this.#options.merged?.some((merged) => isSameName(merged, name))) {
      return distinctColumns(this.sources.flatMap(({ relation }) => findColumn(relation, name) ?? []));
    }
    const isNamed = this.sources.some(({ relation }) =>
      relation.columns.some((column) => isSameName(column.name, name)),
    );
    const before = isNamed ? null : findColumn({ ...emptyRelation, columns: given }, name);
    if (before !== null) return before;
    return findInOne(this.sources, name);
  }
}

/** The columns of the only source that has a column, or, if none is known to have it, that may have it. Otherwise null. */
function findInOne(sources: readonly ScopeSource[], name: string): readonly SqlTableColumn[] | null {
  const named = sources.filter(({ relation }) =>
    relation.columns.some((column) => isSameName(column.name, name)),
  );
  const candidates =
    named.length > 0 ? named : sources.filter(({ relation }) => findColumn(relation, name) !== null);
  const [only] = candidates;
  return only !== undefined && candidates.length === 1 ? findColumn(only.relation, name) : null;
}
