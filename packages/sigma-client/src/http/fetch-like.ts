import type { AttemptDeadline } from "./attempt-deadline.ts";

/** What the client needs of an HTTP implementation; the global `fetch` fits. */
export type FetchLike = (url: string, init: FetchLikeInit) => Promise<FetchLikeResponse>;

export interface FetchLikeInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface FetchLikeResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The whole body; rejects when the connection is lost before its end. */
  text(): Promise<string>;
}

export interface TransportInit extends FetchLikeInit {
  /** What `signal` tells, without the cost of one. */
  readonly end: AttemptDeadline;
}

/** Any function like `fetch` is one. */
export type TransportFetch = (url: string, init: TransportInit) => Promise<FetchLikeResponse>;

/** An HTTP implementation with connections to close. */
export interface HttpTransport {
  readonly fetch: TransportFetch;
  /** At once: a call that still waits for an answer, or a connection, fails. */
  close(): Promise<void>;
}
