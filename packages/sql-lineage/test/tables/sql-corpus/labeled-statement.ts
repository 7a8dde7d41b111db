import type { SqlDialect } from "../../../src/dialects/sql-dialect.ts";

/** A statement with the tables it reads, labeled by hand: dotted names as written, in order of appearance. */
export interface LabeledStatement {
  readonly dialect: SqlDialect;
  readonly sql: string;
  readonly tables: readonly (readonly string[])[];
}

/** Format of a corpus: the tables (parts separated by `|`, tables by spaces), then the statement. */
export type CorpusEntry = readonly [tables: string, sql: string];

export function labeled(dialect: SqlDialect, entries: readonly CorpusEntry[]): readonly LabeledStatement[] {
  return entries.map(([tables, sql]) => ({
    dialect,
    sql,
    tables: tables === "" ? [] : tables.split(" ").map((name) => name.replaceAll("␠", " ").split("|")),
  }));
}
