import type { Organization } from "@dagster-sigma/sigma-sandbox";
import { trueEdges } from "@dagster-sigma/sigma-sandbox";
import type { OrganizationObjects } from "../src/derive/objects/organization-objects.ts";

/** Found and expected edges as text: `type name ← type name`. */
export interface JudgedEdges {
  readonly found: ReadonlySet<string>;
  readonly actual: ReadonlySet<string>;
}

/**
 * Tables are named by connection and path, because a table that only SQL names has no id in Sigma. If several connections
 * have a table with this path and the right one is unknown, the path is compared.
 */
export function judgeEdges(organization: Organization, objects: OrganizationObjects): JudgedEdges {
  const tables = new Map(objects.tables.map((table) => [table.id, table]));
  const documents = [...objects.workbooks, ...objects.dataModels, ...objects.datasets];
  const loaded = new Set(documents.map(({ id }) => id));
  const twins = organization.tables.map(({ path }) => tableText(null, path));
  const isTwin = new Set(twins.filter((name, index) => twins.indexOf(name) !== index));
  const text = (path: readonly string[], connectionId: string | null): string => {
    const withoutConnection = tableText(null, path);
    return isTwin.has(withoutConnection) ? withoutConnection : tableText(connectionId, path);
  };
  const found = documents.flatMap((document) =>
    document.upstreams.map(({ type, id }) => {
      const table = tables.get(id);
      const name = table === undefined ? id : text(table.path, table.connection?.connectionId ?? null);
      return `${document.type} ${document.id} reads ${type} ${name}`;
    }),
  );
  const trueTables = new Map(organization.tables.map((table) => [table.id, table]));
  const actual = [...trueEdges(organization)]
    .filter(({ to }) => loaded.has(to.id))
    .map(({ from, to }) => {
      const table = trueTables.get(from.id);
      const name = table === undefined ? from.id : text(table.path, table.connection.id);
      return `${to.type} ${to.id} reads ${from.type} ${name}`;
    });
  return { found: new Set(found), actual: new Set(actual) };
}

function tableText(connectionId: string | null, path: readonly string[]): string {
  return JSON.stringify([connectionId, ...path.map((part) => part.toLowerCase())]);
}
