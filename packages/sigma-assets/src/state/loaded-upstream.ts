import type { AssetKey } from "@dagster-sigma/asset-graph";

/** A table of the warehouse for which the rest of the Dagster graph may have an asset. */
export interface UpstreamTable {
  /** Database, schema, table, as the warehouse spells them. */
  readonly path: readonly string[];
  /** Null when no answer tells which connection it is on. */
  readonly connectionName: string | null;
  /** For example `snowflake`; null when not known. */
  readonly storageKind: string | null;
}

/** A matcher that is ready: the keys of all assets that may be a table, none, one or several. */
export interface LoadedUpstream {
  readonly name: string;
  readonly match: (table: UpstreamTable) => readonly AssetKey[];
}
