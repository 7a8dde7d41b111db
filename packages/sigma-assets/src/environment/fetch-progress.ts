/** How far a fetch is. */
export interface FetchProgress {
  /** What is being fetched now, for people. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly requests: number;
  /** Of them, those that repeated another one. */
  readonly retries: number;
}
