import type { AssetKey } from "@dagster-sigma/asset-graph";

/** A warehouse table to match with an upstream asset. */
export interface UpstreamTable {
  /** Database, schema and table, as spelled in the warehouse. */
  readonly path: readonly string[];
  /** Null if the connection is unknown. */
  readonly connectionName: string | null;
  /** For example `snowflake`; null if unknown. */
  readonly storageKind: string | null;
}

/** A prepared matcher. */
export interface LoadedUpstream {
  /** Name of the matcher in reports. */
  readonly name: string;
  /** Returns the keys of all assets that match a table: none, one or several. */
  readonly match: (table: UpstreamTable) => readonly AssetKey[];
}
