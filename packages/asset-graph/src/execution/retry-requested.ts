/** Thrown by the code of a step, so that Dagster retries the step. */
export class RetryRequested extends Error {
  /** Maximum number of retries. */
  readonly maxRetries: number;
  /** Pause before the next attempt, in seconds. */
  readonly secondsToWait: number;

  constructor(
    message: string,
    options: {
      /** Default: 1. */
      readonly maxRetries?: number;
      /** Default: 0. */
      readonly secondsToWait?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "RetryRequested";
    this.maxRetries = options.maxRetries ?? 1;
    this.secondsToWait = options.secondsToWait ?? 0;
  }
}
