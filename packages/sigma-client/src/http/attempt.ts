import type { Clock } from "@dagster-sigma/foundation";
import { AnswerTooLarge, type MaxBytes } from "./answer-limits.ts";
import { AttemptDeadline } from "./attempt-deadline.ts";
import type { Failure } from "./build-call-error.ts";
import type { TransportFetch, TransportInit, TransportResponse } from "./fetch-like.ts";
import { type Answer, type ReadOptions, readAnswer } from "./read-answer.ts";
import { SlowBody } from "./slow-body-watch.ts";

/** An HTTP request, ready to send. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Time limits of a call, in ms. */
export interface TimeLimits {
  /** Limit for connecting, including TLS, in ms (default: 10,000). */
  readonly connectTimeoutMs: number;
  /** Limit until the first byte of the response, and between two chunks, in ms (default: 60,000). */
  readonly firstByteTimeoutMs: number;
  /** A body that takes longer, in ms, must bring 1 KiB per second from then on (default: 10,000). */
  readonly slowBodyAfterMs: number;
  /**
   * Limit for the whole call with all its attempts and the delays between them, without waits that Sigma requests with
   * `Retry-After`, in ms (default: 120,000).
   */
  readonly callTimeoutMs: number;
}

export interface AttemptOptions extends Omit<ReadOptions, "nowMs"> {
  readonly fetch: TransportFetch;
  readonly clock: Clock;
  readonly limits: TimeLimits;
  /** Remaining time of the call. */
  readonly timeoutMs: number;
  readonly maxBytes: MaxBytes;
  readonly signal?: AbortSignal | undefined;
  /** Called with every complete response except that to the sign-in, without known secrets. */
  readonly onText?: ((response: TransportResponse, text: string) => void) | undefined;
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

const timeoutByCode: ReadonlyMap<string, "connectTimeoutMs" | "firstByteTimeoutMs"> = new Map([
  ["UND_ERR_CONNECT_TIMEOUT", "connectTimeoutMs"],
  ["ETIMEDOUT", "connectTimeoutMs"],
  ["UND_ERR_HEADERS_TIMEOUT", "firstByteTimeoutMs"],
  ["UND_ERR_BODY_TIMEOUT", "firstByteTimeoutMs"],
]);

/**
 * Sends a request once and returns the outcome. Throws only the reason of the caller's signal, if it is aborted.
 */
export async function attempt(request: HttpRequest, options: AttemptOptions): Promise<AttemptResult> {
  const { signal, maxBytes } = options;
  signal?.throwIfAborted();
  const { method, headers } = request;
  const end = new AttemptDeadline(options.timeoutMs, signal);
  const init: TransportInit = {
    method,
    headers,
    ...(request.body === undefined ? {} : { body: request.body }),
    end,
    maxBytes,
    get signal() {
      return end.signal;
    },
  };
  let response: TransportResponse | null = null;
  try {
    response = await end.unlessEnded(options.fetch(request.url, init));
    const body = await end.unlessEnded(response.text());
    const bytes = Buffer.byteLength(body);
    if (bytes > maxBytes(response.status)) throw AnswerTooLarge.bytes(maxBytes(response.status));
    // The token itself is in the response to the sign-in.
    const text = options.isSignIn ? body : options.redact(body);
    if (!options.isSignIn) options.onText?.(response, text);
    return { result: readAnswer(response, text, { ...options, nowMs: options.clock.now() }), bytes };
  } catch (thrown) {
    signal?.throwIfAborted();
    return { result: describeThrown(thrown, end.isTimedOut, options), bytes: 0 };
  } finally {
    response?.release?.();
    end.close();
  }
}

function describeThrown(thrown: unknown, timedOut: boolean, { limits }: AttemptOptions): Failure {
  if (thrown instanceof AnswerTooLarge) return { type: "tooLarge", limit: thrown.limit };
  const cause = rootCause(thrown);
  if (cause instanceof SlowBody)
    return { type: "timeout", sent: true, timeoutMs: cause.afterMs, isSlow: true, cause };
  const code = errorCode(cause);
  // The body is not the gzip that its header announces, or is cut.
  if (code.startsWith("Z_")) return { type: "incomplete" };
  const limit = timedOut ? "callTimeoutMs" : timeoutByCode.get(code);
  if (limit === undefined) return { type: "noConnection", sent: !neverSent.has(code), cause };
  return {
    type: "timeout",
    sent: limit !== "connectTimeoutMs",
    timeoutMs: limits[limit],
    isSlow: false,
    cause,
  };
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
