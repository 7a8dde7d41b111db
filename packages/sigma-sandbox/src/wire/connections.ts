import { urlIdOf } from "../organization/base62.ts";
import { Identifiers } from "../organization/identifiers.ts";
import type { Connection, Organization, WarehouseTable } from "../organization/organization.ts";
import { type AuditEntry, auditEntry } from "./audit.ts";

export interface ConnectionEntry extends AuditEntry {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly isSample: boolean;
  readonly isAuditLog: boolean;
  readonly lastActiveAt: string;
  readonly name: string;
  readonly type: string;
  readonly useOauth: boolean;
  readonly isArchived: boolean;
  readonly friendlyName: boolean;
  readonly account?: string;
  readonly warehouse?: string;
}

export function connectionEntry(organization: Organization, connection: Connection): ConnectionEntry {
  const { account, warehouse } = connection;
  return {
    organizationId: organization.id,
    connectionId: connection.id,
    isSample: false,
    isAuditLog: false,
    lastActiveAt: connection.updatedAt,
    name: connection.name,
    type: connection.type,
    useOauth: false,
    ...auditEntry(connection),
    isArchived: false,
    friendlyName: connection.friendlyNames,
    ...(account === undefined ? {} : { account }),
    ...(warehouse === undefined ? {} : { warehouse }),
  };
}

export interface ConnectionPathEntry {
  readonly connectionId: string;
  readonly urlId: string;
  readonly path: string[];
}

/** The databases, schemas and tables of all connections. */
export function connectionPathEntries(organization: Organization): ConnectionPathEntry[] {
  const scopes = new Map<string, ConnectionPathEntry>();
  for (const table of organization.tables) {
    for (let length = 1; length < table.path.length; length++) {
      const id = scopeId(organization, table.connection, table.path.slice(0, length));
      scopes.set(id, {
        connectionId: table.connection.id,
        urlId: urlIdOf(id),
        path: table.path.slice(0, length),
      });
    }
  }
  const tables = organization.tables.map((table) => ({
    connectionId: table.connection.id,
    urlId: urlIdOf(table.id),
    path: [...table.path],
  }));
  return [...scopes.values(), ...tables];
}

/** Id of a database or schema. */
export function scopeId(organization: Organization, connection: Connection, path: readonly string[]): string {
  return new Identifiers(organization.slug).uuid(`scope/${connection.id}/${path.join("/")}`);
}

export interface TableColumnEntry {
  readonly name: string;
  readonly type: { readonly type: string };
  readonly visibility: "included";
}

export function tableColumnEntries(table: WarehouseTable): TableColumnEntry[] {
  return table.columns.map(({ name, type }) => ({ name, type: { type }, visibility: "included" }));
}
