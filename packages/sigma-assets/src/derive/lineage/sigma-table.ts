import type { ConnectionRow } from "@dagster-sigma/sigma-client";

/** A warehouse table that documents read. */
export interface SigmaTable {
  /** Kind of the object. */
  readonly type: "table";
  /** Sigma's id, or one derived from connection and path for a table that appears only in SQL. */
  readonly id: string;
  /** Database, schema and table, as spelled in the warehouse. */
  readonly path: readonly string[];
  /** Null if the connection is unknown. */
  readonly connection: ConnectionRow | null;
}
