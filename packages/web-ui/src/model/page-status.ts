/** Sent to the page whenever it changes. */
export interface PageStatus {
  /** Version of the content; null before the first. */
  readonly version: string | null;
  /** Failure of the last load; null if it succeeded. */
  readonly failure: { readonly message: string; readonly code: string | null } | null;
  /** The current step of a running load, for display; null when nothing is running. */
  readonly progress: string | null;
  readonly canRefresh: boolean;
  /** Whether a Dagster is known that can be asked about the assets. */
  readonly hasDagster: boolean;
}
