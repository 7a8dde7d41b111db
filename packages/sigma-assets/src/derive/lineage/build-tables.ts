import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { type ConnectionDefaults, completePath } from "./complete-path.ts";
import type { SourceReference } from "./document-sources.ts";
import type { SigmaTable } from "./sigma-table.ts";

/** The warehouse tables in a state, with the connection from the table itself or from a reader. */
export function buildTables(
  { tables, connections }: Pick<OrganizationState, "tables" | "connections">,
  references: readonly SourceReference[],
  defaults: ConnectionDefaults = {},
): readonly SigmaTable[] {
  const connectionById = new Map(connections.map(({ id, properties }) => [id, properties]));
  const connectionIdByTable = new Map<string, string>();
  for (const reference of references) {
    if (reference.type === "table" && reference.connectionId !== null) {
      connectionIdByTable.set(reference.id, reference.connectionId);
    }
  }
  return tables.map(({ id, path, connectionId }) => {
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
