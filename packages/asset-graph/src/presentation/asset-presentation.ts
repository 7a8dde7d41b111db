import type { AssetKind } from "./asset-kind.ts";

/**
 * How an asset is shown to people: on the page, in the terminal, in reports. Integrations fill it in. It never reaches
 * Dagster and is not part of any JSON output. Each field that is null or left out is derived from the asset.
 */
export interface AssetPresentation {
  /** Display name. Default: the last segment of the key. */
  readonly name?: string | null;
  /** Default: a table for stubs and for assets with a table name or the Dagster kind `table` or `view`, else `other`. */
  readonly kind?: AssetKind | null;
  /** Names of the enclosing folders, outermost first. Default: the schema of a table, the group, or the key's prefix. */
  readonly folder?: readonly string[] | null;
  /** Name of the connection to the warehouse that a table is read through. */
  readonly connection?: string | null;
  /** Address of the asset in its own tool. Anything but `http` and `https` is ignored. */
  readonly url?: string | null;
  /** Text of the link, for example `Open in Sigma`. Default: `Open`. */
  readonly urlLabel?: string | null;
  /** When somebody last changed it in its own tool, in seconds since 1970. */
  readonly updatedAt?: number | null;
  /** Whether it is archived in its own tool. Default: false. */
  readonly isArchived?: boolean | null;
  /** SQL that it is made with. */
  readonly statements?: readonly PresentedStatement[] | null;
  /** When its own tool materializes it. */
  readonly schedules?: readonly PresentedSchedule[] | null;
  /** Labels of metadata that repeats what the presentation says; the page leaves them out of its metadata table. */
  readonly repeatedMetadata?: readonly string[] | null;
}

/** A SQL statement and the name of the part of the asset that it is for. */
export interface PresentedStatement {
  readonly name: string;
  readonly sql: string;
}

/** A schedule of a tool of its own; it is not one of Dagster's. */
export interface PresentedSchedule {
  /** The part of the asset that it is for. */
  readonly name: string;
  /** Null when the tool reports none. */
  readonly cron: string | null;
  readonly timeZone: string | null;
  readonly isPaused: boolean;
}
