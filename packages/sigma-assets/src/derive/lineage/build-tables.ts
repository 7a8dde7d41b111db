import { parseSqlDialect, readTables, type SqlDialect } from "@dagster-sigma/sql-lineage/tables";
import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { type ConnectionDefaults, completePath } from "./complete-path.ts";
import type { SigmaTable } from "./sigma-table.ts";
import type { SourceReference } from "./source-reference.ts";

/** A path that the code representation of a document contains for a table in its lineage. */
export interface SpecPath {
  readonly path: readonly string[];
  readonly connectionId: string | null;
}

/**
 * The warehouse tables in a state, with the connection from the table itself or from a reader. A table whose path Sigma
 * does not return has the path in the SQL of an element that reads only this table, or in a code representation.
 *
 * @param inSpecs paths in code representations, by table id
 */
export function buildTables(
  { tables, missingTables, connections }: Pick<OrganizationState, "tables" | "missingTables" | "connections">,
  references: readonly SourceReference[],
  defaults: ConnectionDefaults = {},
  inSpecs: ReadonlyMap<string, SpecPath> = new Map(),
): readonly SigmaTable[] {
  const connectionById = new Map(connections.map(({ id, properties }) => [id, properties]));
  const connectionIdByTable = new Map<string, string>();
  const nameByTable = new Map<string, string>();
  for (const reference of references) {
    if (reference.type !== "table") continue;
    if (reference.connectionId !== null) connectionIdByTable.set(reference.id, reference.connectionId);
    if (reference.name !== null) nameByTable.set(reference.id, reference.name);
  }
  const inSql = missingTables.flatMap(({ id, query }) => {
    const connectionId = connectionIdByTable.get(id) ?? null;
    const dialect = parseSqlDialect(connectionById.get(connectionId ?? "")?.type);
    const path = query === null ? null : pathInSql(query.sql, nameByTable.get(id) ?? null, dialect);
    if (path !== null) return [{ id, path, connectionId }];
    const inSpec = inSpecs.get(id);
    return inSpec === undefined ? [] : [{ id, ...inSpec }];
  });
  return [...tables, ...inSql].map(({ id, path, connectionId }) => {
    const connection =
      connectionById.get(connectionId ?? connectionIdByTable.get(objectId(id)) ?? "") ?? null;
    return {
      type: "table",
      id: objectId(id),
      path: completePath(path, connection, defaults),
      connection,
    };
  });
}

/** The only table in SQL, if it has this name; SQL of a materialized element reads a table that Sigma made. */
function pathInSql(sql: string, name: string | null, dialect: SqlDialect): readonly string[] | null {
  const [path, ...others] = readTables(sql, dialect);
  if (path === undefined || others.length > 0 || name === null) return null;
  return path.at(-1)?.toLowerCase() === name.toLowerCase() ? path : null;
}
