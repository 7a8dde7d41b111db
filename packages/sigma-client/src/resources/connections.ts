import type { Listing } from "../listing.ts";
import { pathSegment } from "../path-segment.ts";
import {
  type ConnectionPathRow,
  type ConnectionRow,
  connectionPathRow,
  connectionRow,
  type TableColumnRow,
  tableColumnRow,
} from "../rows/connections.ts";
import { type CallOptions, type SigmaApi, tokenStyle } from "../sigma-api.ts";

/** `/v2/connections` */
export class Connections {
  readonly #api: SigmaApi;

  constructor(api: SigmaApi) {
    this.#api = api;
  }

  /** `GET /v2/connections` */
  list(
    query: { readonly includeArchived?: boolean } = {},
    options: CallOptions = {},
  ): Listing<ConnectionRow> {
    const call = { kind: "listing", path: "connections", query: { ...query }, ...options } as const;
    return this.#api.list(call, connectionRow, (row) => row.connectionId);
  }

  /** `GET /v2/connections/{id}` */
  get(id: string, options: CallOptions = {}): Promise<ConnectionRow> {
    return this.#api.one(connectionRow, {
      kind: "detail",
      path: `connections/${pathSegment(id)}`,
      ...options,
    });
  }

  /** `GET /v2/connections/paths`: databases, schemas and tables of all connections or of one. */
  paths(
    query: { readonly connectionId?: string } = {},
    options: CallOptions = {},
  ): Listing<ConnectionPathRow> {
    const call = { kind: "listing", path: "connections/paths", query: { ...query }, ...options } as const;
    return this.#api.list(call, connectionPathRow, JSON.stringify);
  }

  /** `GET /v2/connections/paths/{inodeId}`: the path of a table in its warehouse. */
  path(inodeId: string, options: CallOptions = {}): Promise<ConnectionPathRow> {
    const path = `connections/paths/${pathSegment(inodeId)}`;
    return this.#api.one(connectionPathRow, { kind: "detail", path, ...options });
  }

  /** `GET /v2/connections/tables/{tableId}/columns` */
  tableColumns(tableId: string, options: CallOptions = {}): Listing<TableColumnRow> {
    const path = `connections/tables/${pathSegment(tableId)}/columns`;
    return this.#api.list(
      { kind: "document", path, ...options },
      tableColumnRow,
      (row) => row.name,
      tokenStyle,
    );
  }
}
