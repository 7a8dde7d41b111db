import type { Clock } from "@dagster-sigma/foundation";
import { AttemptDeadline } from "./attempt-deadline.ts";
import type { Failure } from "./build-call-error.ts";
import type { TransportFetch, TransportInit } from "./fetch-like.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

/** An HTTP request, ready to send. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Time limits of one attempt, in ms. */
export interface TimeLimits {
  /** Limit for connecting, including TLS, in ms (default: 10,000). */
  readonly connectTimeoutMs: number;
  /** Limit until the first byte of the response, and between two chunks, in ms (default: 120,000). */
  readonly firstByteTimeoutMs: number;
  /** Limit for the whole attempt, from connecting to the last byte, in ms (default: 300,000). */
  readonly callTimeoutMs: number;
}

export interface AttemptOptions {
  readonly fetch: TransportFetch;
  readonly clock: Clock;
  readonly limits: TimeLimits;
  readonly signal?: AbortSignal | undefined;
}

export interface AttemptResult {
  readonly result: Answer | Failure;
  /** Size of the decompressed body in bytes; 0 without a response. */
  readonly bytes: number;
}

/** Network errors that prove that the request was not sent. */
const neverSent: ReadonlySet<string> = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ENETUNREACH",
  "EHOSTUNREACH",
]);

const timeoutByCode: ReadonlyMap<string, keyof TimeLimits> = new Map([
  ["UND_ERR_CONNECT_TIMEOUT", "connectTimeoutMs"],
  ["ETIMEDOUT", "connectTimeoutMs"],
  ["UND_ERR_HEADERS_TIMEOUT", "firstByteTimeoutMs"],
  ["UND_ERR_BODY_TIMEOUT", "firstByteTimeoutMs"],
]);

/**
 * Sends a request once and returns the outcome. Throws only the reason of the caller's signal, if it is aborted.
 */
export async function attempt(request: HttpRequest, options: AttemptOptions): Promise<AttemptResult> {
  const { signal, limits } = options;
  signal?.throwIfAborted();
  const { method, headers, body } = request;
  const end = new AttemptDeadline(limits.callTimeoutMs, signal);
  const init: TransportInit = {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    end,
    get signal() {
      return end.signal;
    },
  };
  try {
    const response = await options.fetch(request.url, init);
    const text = await response.text();
    return { result: readAnswer(response, text, options.clock.now()), bytes: Buffer.byteLength(text) };
  } catch (thrown) {
    signal?.throwIfAborted();
    return { result: describeThrown(thrown, end.isTimedOut, limits), bytes: 0 };
  } finally {
    end.close();
  }
}

function describeThrown(thrown: unknown, timedOut: boolean, limits: TimeLimits): Failure {
  const cause = rootCause(thrown);
  const code = errorCode(cause);
  const limit = timedOut ? "callTimeoutMs" : timeoutByCode.get(code);
  if (limit === undefined) return { type: "noConnection", sent: !neverSent.has(code), cause };
  return { type: "timeout", sent: limit !== "connectTimeoutMs", timeoutMs: limits[limit], cause };
}

/** `fetch` wraps the network error, which may contain one error per tried address. */
function rootCause(thrown: unknown): unknown {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return rootCause(thrown.errors[0]);
  if (thrown instanceof Error && thrown.cause instanceof Error) return rootCause(thrown.cause);
  return thrown;
}

function errorCode(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}
