import { objectId } from "../state/object-id.ts";
import type { OrganizationState, TableState } from "../state/organization-state.ts";
import type { SourceReference } from "./document-sources.ts";
import type { SigmaTable } from "./organization-objects.ts";

/** The warehouse tables that were found, with the connection that some answer names for each. */
export function buildTables(
  { tables, connections }: Pick<OrganizationState, "tables" | "connections">,
  references: readonly SourceReference[],
): readonly SigmaTable[] {
  const connectionById = new Map(connections.map(({ id, properties }) => [id, properties]));
  const connectionIdByTable = new Map<string, string>();
  for (const reference of references) {
    if (reference.type === "table" && reference.connectionId !== null) {
      connectionIdByTable.set(reference.id, reference.connectionId);
    }
  }
  return tables.map((table) => ({
    type: "table",
    id: objectId(table.id),
    properties: table.properties,
    path: tablePath(table),
    connection: connectionById.get(connectionIdByTable.get(objectId(table.id)) ?? "") ?? null,
  }));
}

/** `Connection Root/DB/SCHEMA` and the name of the file: the first part is no part of the table's own path. */
function tablePath({ id, properties }: TableState): readonly string[] {
  const scopes = (properties.path ?? "").split("/").slice(1);
  return [...scopes, properties.name ?? id];
}
