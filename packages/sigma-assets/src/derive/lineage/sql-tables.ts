import type { ConnectionRow } from "@dagster-sigma/sigma-client";
import {
  parseSqlDialect,
  readTables,
  type SqlDialect,
  type TableName,
} from "@dagster-sigma/sql-lineage/tables";
import type { OrganizationState } from "../../state/organization-state.ts";
import { nameFits } from "../../state/table-name-fits.ts";
import { type ConnectionDefaults, completePath } from "./complete-path.ts";
import type { SigmaTable } from "./sigma-table.ts";

/** Finds the tables that SQL names among those that Sigma lists, and makes the others from their names. */
export class SqlTables {
  readonly #connections: ReadonlyMap<string, ConnectionRow>;
  readonly #listed: readonly SigmaTable[];
  /** Listed tables by the last part of their path, which every name that fits shares. */
  readonly #listedByName = new Map<string, SigmaTable[]>();
  /** What each SQL was found to read, by connection and text. */
  readonly #read = new Map<string, readonly SigmaTable[]>();
  readonly #made = new Map<string, SigmaTable>();
  readonly #onlyDialect: SqlDialect;
  readonly #defaults: ConnectionDefaults;

  constructor(
    { connections }: Pick<OrganizationState, "connections">,
    listed: readonly SigmaTable[],
    defaults: ConnectionDefaults = {},
  ) {
    this.#defaults = defaults;
    this.#connections = new Map(connections.map(({ id, properties }) => [id, properties]));
    this.#listed = listed;
    for (const table of listed) {
      const name = lastPart(table.path);
      const named = this.#listedByName.get(name);
      if (named === undefined) this.#listedByName.set(name, [table]);
      else named.push(table);
    }
    const dialects = new Set(connections.map(({ properties }) => parseSqlDialect(properties.type)));
    const [only] = dialects;
    this.#onlyDialect = dialects.size === 1 && only !== undefined ? only : "generic";
  }

  /** @param connectionId where the SQL runs; null when it is not told */
  read(sql: string, connectionId: string | null): readonly SigmaTable[] {
    const what = `${connectionId ?? ""} ${sql}`;
    const known = this.#read.get(what);
    if (known !== undefined) return known;
    const tables = this.#tablesIn(sql, connectionId);
    this.#read.set(what, tables);
    return tables;
  }

  #tablesIn(sql: string, connectionId: string | null): readonly SigmaTable[] {
    const connection = this.connection(connectionId);
    const dialect = connection === null ? this.#onlyDialect : parseSqlDialect(connection.type);
    const tables = readTables(sql, dialect).map((name) => this.#find(name, connection));
    return [...new Map(tables.map((table) => [table.id, table])).values()];
  }

  /** Null for one that is not listed. */
  connection(id: string | null): ConnectionRow | null {
    return this.#connections.get(id ?? "") ?? null;
  }

  /** The table that SQL of a connection means by a name. */
  find(name: TableName, connectionId: string | null): SigmaTable {
    return this.#find(name, this.connection(connectionId));
  }

  /** All tables: those that Sigma lists, and those that were made while SQL was read. */
  tables(): readonly SigmaTable[] {
    return [...this.#listed, ...this.#made.values()];
  }

  /** A name is that of a listed table when it fits that one only; one that fits as written comes first. */
  #find(written: TableName, connection: ConnectionRow | null): SigmaTable {
    const name = completePath(written, connection, this.#defaults);
    const fitting = (this.#listedByName.get(lastPart(name)) ?? []).filter(
      (table) => isOn(table, connection) && nameFits(name, table.path),
    );
    const whole = fitting.filter(({ path }) => path.length === name.length);
    const [only, ...others] = whole.length > 0 ? whole : fitting;
    if (only !== undefined && others.length === 0) return only;
    return this.#make(name, connection);
  }

  #make(path: TableName, connection: ConnectionRow | null): SigmaTable {
    const lower = path.map((part) => part.toLowerCase());
    const id = `sql:${JSON.stringify([connection?.connectionId ?? null, ...lower])}`;
    const table = this.#made.get(id) ?? { type: "table" as const, id, path, connection };
    this.#made.set(id, table);
    return table;
  }
}

function isOn(table: SigmaTable, connection: ConnectionRow | null): boolean {
  return (
    connection === null ||
    table.connection === null ||
    table.connection.connectionId === connection.connectionId
  );
}

function lastPart(path: readonly string[]): string {
  return (path.at(-1) ?? "").toLowerCase();
}
