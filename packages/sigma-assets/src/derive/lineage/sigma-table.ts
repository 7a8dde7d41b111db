import type { ConnectionRow } from "@dagster-sigma/sigma-client";

/** A warehouse table that documents read. */
export interface SigmaTable {
  readonly type: "table";
  /** Sigma's, or one made from connection and path where only SQL names the table. */
  readonly id: string;
  /** Database, schema, table, as the warehouse spells them. */
  readonly path: readonly string[];
  /** Null when no answer tells which connection it is on. */
  readonly connection: ConnectionRow | null;
}
