import { ColumnResolver } from "../columns/column-resolver.ts";
import type { SqlTables } from "../lineage/sql-tables.ts";
import type { LineageState } from "./lineage-state.ts";
import { resolveUnresolvedColumns } from "./resolve-unresolved-columns.ts";

/** What the column lineage of a state leaves open, by ids. */
export interface UnresolvedDetails {
  /** Tables to ask for their columns. */
  readonly tables: ReadonlySet<string>;
  /** Documents to ask for their sources. */
  readonly documents: ReadonlySet<string>;
}

/** Documents that are looked through between two yields, which takes a few milliseconds. */
const documentsBetween = 50;

/** Looks through all documents; yields what is known to be open so far, so that others can work in between. */
export function* lookThrough(
  state: LineageState,
  sqlTables: () => SqlTables,
): Generator<UnresolvedDetails, UnresolvedDetails, void> {
  const resolver = new ColumnResolver(state, sqlTables());
  const found = { tables: resolver.tablesToAsk, documents: resolver.documentsToAsk };
  let count = 0;
  for (const document of resolver.documents.values()) {
    resolveUnresolvedColumns(resolver, document);
    if (++count % documentsBetween === 0) yield found;
  }
  return found;
}
