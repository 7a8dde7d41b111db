/** Progress of a fetch. */
export interface FetchProgress {
  /** What is being fetched, as text for the user. */
  readonly stage: string;
  /** Finished steps of the stage. */
  readonly done: number;
  /** All steps of the stage. */
  readonly total: number;
  /** Requests sent, including retries. */
  readonly requests: number;
  /** Retries. */
  readonly retries: number;
  /** Time for which Sigma asks to wait (`Retry-After`), in ms; only in the progress that reports such a wait. */
  readonly waitMs?: number;
}
