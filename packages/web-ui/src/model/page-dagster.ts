/** What a running Dagster knows about one asset. */
export interface PageDagsterState {
  /** Key of the asset, as `PageAsset.key`. */
  readonly key: string;
  /** Path segments of the key, for links. */
  readonly path: readonly string[];
  /** Time of the last materialization, in ms since the epoch; null if there is none. */
  readonly materializedAtMs: number | null;
  /** The same of the last observation. */
  readonly observedAtMs: number | null;
  /** The last run that was to materialize it; null if there is none. */
  readonly run: { readonly id: string; readonly status: string } | null;
  /** Whether the last run failed without materializing it. */
  readonly isFailed: boolean;
  readonly isInProgress: boolean;
  /** Whether it is later than its freshness policy allows; null without a policy. */
  readonly isLate: boolean | null;
  readonly failedChecks: readonly string[];
}

/** What a running Dagster knows about the assets of the graph. */
export interface PageDagster {
  /** URL of Dagster's web UI, without a final slash. */
  readonly url: string;
  /** When Dagster was asked, in ms since the epoch; null if it never answered. */
  readonly askedAtMs: number | null;
  /** Why Dagster did not answer the last time; null if it did. */
  readonly error: string | null;
  /** The assets that Dagster knows. */
  readonly states: readonly PageDagsterState[];
}
