import type { LineageRow } from "@dagster-sigma/sigma-client";
import type { SqlRelation } from "../sql-columns/sql-relation.ts";
import type { FetchContext } from "./fetch-context.ts";

/** Where the columns of a document's own SQL come from, by the name of the SQL. Null when it has none. */
export async function fetchSqlColumns(
  { sqlColumns, dialectOf }: FetchContext,
  lineage: readonly LineageRow[],
): Promise<Readonly<Record<string, SqlRelation>> | null> {
  const read: [string, SqlRelation][] = [];
  for (const { type, name, definition, connectionId } of lineage) {
    if (type.toLowerCase() !== "customsql" || name == null || definition == null) continue;
    const relation = await sqlColumns.read(definition, dialectOf(connectionId ?? null));
    if (relation !== null) read.push([name, relation]);
  }
  return read.length === 0 ? null : Object.fromEntries(read);
}
