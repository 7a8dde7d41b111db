import { ColumnResolver } from "../columns/column-resolver.ts";
import type { SqlTables } from "../lineage/sql-tables.ts";
import type { LineageState } from "./lineage-state.ts";
import { resolveUnresolvedColumns } from "./resolve-unresolved-columns.ts";

/** Ids of objects whose details the column lineage of a state still needs. */
export interface UnresolvedDetails {
  /** Tables whose columns must be fetched. */
  readonly tables: ReadonlySet<string>;
  /** Documents whose sources must be fetched. */
  readonly documents: ReadonlySet<string>;
}

/** Documents checked between two yields, which takes a few milliseconds. */
const documentsBetween = 50;

/** Checks all documents. Yields intermediate results, so that the event loop is not blocked. */
export function* lookThrough(
  state: LineageState,
  sqlTables: () => SqlTables,
): Generator<UnresolvedDetails, UnresolvedDetails, void> {
  const resolver = new ColumnResolver(state, sqlTables());
  const found = { tables: resolver.tablesToAsk, documents: resolver.documentsToAsk };
  let count = 0;
  for (const document of resolver.documents.values()) {
    resolveUnresolvedColumns(resolver, document);
    resolver.forgetResolved();
    if (++count % documentsBetween === 0) yield found;
  }
  return found;
}
