import type { SqlDialect } from "../../../src/dialects/sql-dialect.ts";

/** A statement with the tables it reads, labelled by hand: dotted names as written, in order of appearance. */
export interface LabelledStatement {
  readonly dialect: SqlDialect;
  readonly sql: string;
  readonly tables: readonly (readonly string[])[];
}

/** How a corpus is written down: the tables first, parts divided by `|`, tables by spaces; then the statement. */
export type CorpusEntry = readonly [tables: string, sql: string];

export function labelled(dialect: SqlDialect, entries: readonly CorpusEntry[]): readonly LabelledStatement[] {
  return entries.map(([tables, sql]) => ({
    dialect,
    sql,
    tables: tables === "" ? [] : tables.split(" ").map((name) => name.replaceAll("␠", " ").split("|")),
  }));
}
