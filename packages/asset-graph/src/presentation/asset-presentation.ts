import type { AssetKind } from "./asset-kind.ts";

/**
 * How an asset is shown to people: on the page, in the terminal, in reports. Set by integrations. It is never sent to
 * Dagster and is not part of any JSON output. Fields that are null or omitted are derived from the asset.
 */
export interface AssetPresentation {
  /** Display name. Default: the last segment of the key. */
  readonly name?: string | null;
  /**
   * Default: a table for stubs and for assets with a table name or the Dagster kind `table` or `view`; otherwise
   * `other`.
   */
  readonly kind?: AssetKind | null;
  /**
   * Names of the enclosing folders, outermost first. Default: the schema of a table, the group, or the key's prefix.
   */
  readonly folder?: readonly string[] | null;
  /** Name of the warehouse connection through which a table is read. */
  readonly connection?: string | null;
  /** URL of the asset in its own tool. Anything but `http` and `https` is ignored. */
  readonly url?: string | null;
  /** Text of the link, for example `Open in Sigma`. Default: `Open`. */
  readonly urlLabel?: string | null;
  /** When it was last changed in its own tool, in seconds since the epoch. */
  readonly updatedAt?: number | null;
  /** Whether it is archived in its own tool. Default: false. */
  readonly isArchived?: boolean | null;
  /** SQL statements that define the asset. */
  readonly statements?: readonly PresentedStatement[] | null;
  /** Schedules by which its own tool materializes it. */
  readonly schedules?: readonly PresentedSchedule[] | null;
  /** Metadata labels whose values the presentation already shows; the page omits them from its metadata table. */
  readonly repeatedMetadata?: readonly string[] | null;
}

/** A SQL statement and the name of the part of the asset that it defines. */
export interface PresentedStatement {
  readonly name: string;
  readonly sql: string;
}

/** A schedule of another tool; not a Dagster schedule. */
export interface PresentedSchedule {
  /** The part of the asset that is materialized. */
  readonly name: string;
  /** Null if the tool reports none. */
  readonly cron: string | null;
  readonly timeZone: string | null;
  readonly isPaused: boolean;
}
