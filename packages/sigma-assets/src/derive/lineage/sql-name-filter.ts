import { parseSqlDialect, readTables } from "@dagster-sigma/sql-lineage/tables";
import type { OrganizationState } from "../../state/organization-state.ts";
import { nameFits } from "../../state/table-name-fits.ts";
import type { SourceReference } from "./source-reference.ts";

/**
 * Returns a filter for tables that custom SQL may refer to; null without custom SQL. SQL may omit database and schema, so
 * whether a name is unambiguous is known only when all matching tables are.
 */
export function sqlNameFilter(
  sources: readonly SourceReference[],
  connections: OrganizationState["connections"],
): ((connectionId: string, path: readonly string[]) => boolean) | null {
  const dialects = new Map(connections.map(({ id, properties }) => [id, parseSqlDialect(properties.type)]));
  const names = new Map<string, string[][]>();
  for (const source of sources) {
    if (source.type !== "customSql" || source.connectionId === null) continue;
    for (const name of readTables(source.definition, dialects.get(source.connectionId))) {
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
