import { findTables } from "../sql/find-tables.ts";
import { parseSqlDialect, type SqlDialect } from "../sql/sql-dialect.ts";
import type { OrganizationState } from "../state/organization-state.ts";
import { allSources } from "./all-sources.ts";
import { nameFits } from "./table-names.ts";

/** Parts of a whole name where they are not three. */
const wholeLengths: Partial<Readonly<Record<SqlDialect, number>>> = { redshift: 2, mysql: 2 };

/**
 * Tells the tables that custom SQL may mean by names that leave out database or schema: whether such a name is that of
 * one table only is known when all of them are. Null when no SQL has such names.
 */
export function shortNameFilter(
  documents: Pick<OrganizationState, "workbooks" | "dataModels" | "datasets">,
  connections: OrganizationState["connections"],
): ((connectionId: string, path: readonly string[]) => boolean) | null {
  const dialects = new Map(connections.map(({ id, properties }) => [id, parseSqlDialect(properties.type)]));
  const names = new Map<string, string[][]>();
  for (const source of allSources(documents)) {
    if (source.type !== "customSql" || source.connectionId === null) continue;
    const dialect = dialects.get(source.connectionId) ?? "generic";
    for (const name of findTables(source.definition, dialect)) {
      if (name.length >= (wholeLengths[dialect] ?? 3)) continue;
      const key = nameKey(source.connectionId, name);
      const known = names.get(key);
      if (known === undefined) names.set(key, [[...name]]);
      else known.push([...name]);
    }
  }
  if (names.size === 0) return null;
  return (connectionId, path) =>
    names.get(nameKey(connectionId, path))?.some((name) => nameFits(name, path)) === true;
}

function nameKey(connectionId: string, name: readonly string[]): string {
  return `${connectionId}\n${name.at(-1)?.toLowerCase() ?? ""}`;
}
