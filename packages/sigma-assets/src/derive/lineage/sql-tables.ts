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

/** Finds the tables named in SQL among those that Sigma lists, and creates the others from their names. */
export class SqlTables {
  readonly #connections: ReadonlyMap<string, ConnectionRow>;
  readonly #listed: readonly SigmaTable[];
  /** Listed tables by the last part of their path, which all matching names share. */
  readonly #listedByName = new Map<string, SigmaTable[]>();
  /** Tables read by each SQL text, by connection and text. */
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

  /** @param connectionId connection of the SQL; null if unknown */
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

  /** Null for an unlisted connection. */
  connection(id: string | null): ConnectionRow | null {
    return this.#connections.get(id ?? "") ?? null;
  }

  /** The table that a name in SQL on a connection refers to. */
  find(name: TableName, connectionId: string | null): SigmaTable {
    return this.#find(name, this.connection(connectionId));
  }

  /** All tables: those that Sigma lists, and those created from names in SQL. */
  tables(): readonly SigmaTable[] {
    return [...this.#listed, ...this.#made.values()];
  }

  /** The only listed table that matches a name; an exact match takes precedence. */
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
