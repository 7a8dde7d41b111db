/** A response of the API without known secrets, otherwise unmodified. */
export interface RawAnswer {
  /** `GET` or `POST`. */
  readonly method: string;
  /** URL with query; contains no secret. */
  readonly url: string;
  /** HTTP status. */
  readonly status: number;
  /** The header `errorcause`, which distinguishes an unknown route from an unknown object; null without it. */
  readonly errorCause: string | null;
  /** The decompressed body. */
  readonly text: string;
}
