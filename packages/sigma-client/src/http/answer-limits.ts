const mebibyte = 2 ** 20;

/** Limits of what a server may send. */
export interface AnswerLimits {
  /** Maximum size of one response body after decompression, in bytes (default: 64 MiB). */
  readonly maxAnswerBytes: number;
}

/** A page of a listing has at most 1,000 rows, so even long SQL in each row stays below it. */
export const defaultAnswerLimits: AnswerLimits = { maxAnswerBytes: 64 * mebibyte };

/** Maximum size of the body of an error response, and of a sign-in response, in bytes. */
export const maxSmallBodyBytes = 65_536;

/** Memory that the bodies in flight of one client share, in bytes. */
export const sharedAnswerBytes: number = 256 * mebibyte;

/** Maximum size of a response body, by its status. */
export type MaxBytes = (status: number) => number;

/** A response exceeds a limit; the call that reads it is not retried. */
export class AnswerTooLarge extends Error {
  /** Stable for {@link errorCode}. */
  readonly code = "ANSWER_TOO_LARGE";
  /** The exceeded limit with its unit, for example `67108864 bytes`. */
  readonly limit: string;

  constructor(limit: string) {
    super(`the response exceeds ${limit}`);
    this.limit = limit;
  }

  static bytes(limitBytes: number): AnswerTooLarge {
    return new AnswerTooLarge(`${limitBytes} bytes`);
  }
}
