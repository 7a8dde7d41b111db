import type { MaxBytes } from "./answer-limits.ts";
import type { AttemptDeadline } from "./attempt-deadline.ts";

/** The HTTP function that the client needs; the global `fetch` is compatible. */
export type FetchLike = (url: string, init: FetchLikeInit) => Promise<FetchLikeResponse>;

/** The request options that the client passes to a {@link FetchLike}. */
export interface FetchLikeInit {
  /** `GET` or `POST`. */
  readonly method: string;
  /** Request headers, including the access token. */
  readonly headers: Record<string, string>;
  /** Request body of a POST. */
  readonly body?: string;
  /** Aborted when the caller aborts or the rest of `callTimeoutMs` expires. */
  readonly signal: AbortSignal;
}

/** The response that a {@link FetchLike} returns. */
export interface FetchLikeResponse {
  /** HTTP status. */
  readonly status: number;
  /** Response headers; names are case-insensitive, null for a missing header. */
  readonly headers: { get(name: string): string | null };
  /**
   * The complete body; rejects if the connection is lost before its end. The client only checks its size afterwards, so
   * the function itself must limit the memory that it takes.
   */
  text(): Promise<string>;
}

export interface TransportInit extends FetchLikeInit {
  /** The same as `signal`, without the cost of creating one. */
  readonly end: AttemptDeadline;
  /** Maximum size of the body, compressed and decompressed. */
  readonly maxBytes: MaxBytes;
}

/** A response whose body counts until it is released. */
export interface TransportResponse extends FetchLikeResponse {
  /** Returns the memory of the body to the limit that all responses share. */
  release?(): void;
}

/** Every {@link FetchLike} is compatible. */
export type TransportFetch = (url: string, init: TransportInit) => Promise<TransportResponse>;

/** An HTTP implementation that keeps connections open. */
export interface HttpTransport {
  readonly fetch: TransportFetch;
  /** Closes all connections immediately; running calls fail. */
  close(): Promise<void>;
}
