import type { Clock } from "@dagster-sigma/foundation";
import { AttemptDeadline } from "./attempt-deadline.ts";
import type { Failure } from "./build-call-error.ts";
import type { TransportFetch, TransportInit } from "./fetch-like.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** How long each part of an attempt may take. */
export interface TimeLimits {
  /** For making a connection, TLS included. */
  readonly connectTimeoutMs: number;
  /** From the request being sent to the first byte of the answer, and between two pieces of it. */
  readonly firstByteTimeoutMs: number;
  /** For the whole attempt, from connecting to the last byte. */
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
  /** Bytes of the body after decompression; 0 without an answer. */
  readonly bytes: number;
}

/** Network errors after which the request certainly never left this machine. */
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
 * Sends a request once and tells what came of it. Throws only when the caller's own signal is aborted, with its
 * reason.
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

/** `fetch` wraps the error of the network; some network errors hold the one of each address that was tried. */
function rootCause(thrown: unknown): unknown {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return rootCause(thrown.errors[0]);
  if (thrown instanceof Error && thrown.cause instanceof Error) return rootCause(thrown.cause);
  return thrown;
}

function errorCode(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}
