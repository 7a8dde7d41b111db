import { isTimedOut, mayHaveTakenEffect } from "./may-have-taken-effect.ts";

/**
 * Decides which failed attempts are retried, and after which delay. Pure: the kind of call, the number of attempts and
 * the outcome determine the decision. `docs/decisions/0003-retries.md` has the rules and reasons.
 */

/** The kind of a call, which determines its retries. */
export type CallKind =
  /** One page of a listing of documents, members, … */
  | "listing"
  /** The lineage, elements, columns, … of one whole document. */
  | "document"
  /** One object. */
  | "detail"
  /** Lineage of one element; Sigma returns 500 for elements without lineage. */
  | "elementLineage"
  /** Sign-in: a POST without side effects. */
  | "token"
  /** State of a materialization. */
  | "status"
  /** A POST that changes something. */
  | "command";

/** The outcome of an attempt, other than success and 401. */
type FailedOutcome =
  | {
      readonly type: "refused";
      readonly status: number;
      readonly sigmaCode: string | null;
      readonly retryAfterMs: number | null;
    }
  /** 2xx with a truncated or empty body, or one that is not JSON. */
  | { readonly type: "incomplete" }
  /** No response. `sent` is false if the request was certainly not sent. */
  | { readonly type: "noConnection"; readonly sent: boolean }
  | { readonly type: "timeout"; readonly sent: boolean };

export interface FailedAttempt {
  readonly kind: CallKind;
  /** Attempts so far, including this one; at least 1. */
  readonly tries: number;
  /** False until the server's first response: then fewer attempts, so that a wrong host name is reported quickly. */
  readonly serverSeen: boolean;
  /** Waits that Sigma requested for this call so far, in ms. */
  readonly requestedMs: number;
  readonly outcome: FailedOutcome;
}

/** Whether and when to retry. */
export interface RetryDecision {
  /** Delay in ms; null: do not retry. */
  readonly afterMs: number | null;
  /** Whether all other calls wait for this delay, too. */
  readonly pauseAll: boolean;
  /** The part of the delay that Sigma requested, in ms; null if it is our own delay, which counts as time of the call. */
  readonly requestedMs: number | null;
}

/** Limits of retries; see `docs/decisions/0003-retries.md`. */
export interface RetryLimits {
  /** Maximum attempts for transient failures (default: 6). */
  readonly maxTries: number;
  /** Maximum first delay, in ms; it doubles with each retry (default: 1,000). */
  readonly baseDelayMs: number;
  /** Maximum delay, in ms (default: 30,000). */
  readonly maxDelayMs: number;
  /** `Retry-After` that adds up to more for one call ends it instead of being waited for, in ms (default: 300,000). */
  readonly maxRetryAfterMs: number;
}

/** Sigma documents no limits; five delays of up to 1, 2, 4, 8, 16 s outlast the bursts that users reported. */
export const defaultRetryLimits: RetryLimits = {
  maxTries: 6,
  baseDelayMs: 1_000,
  maxDelayMs: 30_000,
  maxRetryAfterMs: 300_000,
};

/** Maximum attempts on 500, which Sigma always returns for some objects. */
const triesOn500: Readonly<Record<CallKind, number>> = {
  listing: 3,
  token: 3,
  status: 3,
  document: 2,
  detail: 2,
  elementLineage: 1,
  command: 1,
};

/** Maximum attempts before the first response of the server. */
const triesUnseen = 2;

const stop: RetryDecision = { afterMs: null, pauseAll: false, requestedMs: null };

export function decideRetry(
  attempt: FailedAttempt,
  limits: RetryLimits,
  random: () => number = Math.random,
): RetryDecision {
  const { outcome } = attempt;
  if (attempt.tries >= maxTriesFor(attempt, limits)) return stop;
  const jitter = random() * Math.min(limits.maxDelayMs, limits.baseDelayMs * 2 ** (attempt.tries - 1));
  if (outcome.type !== "refused") return { afterMs: jitter, pauseAll: false, requestedMs: null };
  if (outcome.retryAfterMs === null)
    return { afterMs: jitter, pauseAll: outcome.status === 429, requestedMs: null };
  if (attempt.requestedMs + outcome.retryAfterMs > limits.maxRetryAfterMs) return stop;
  // Jitter spreads the waiting calls over a second.
  return {
    afterMs: outcome.retryAfterMs + random() * 1_000,
    pauseAll: true,
    requestedMs: outcome.retryAfterMs,
  };
}

function maxTriesFor({ kind, outcome, serverSeen }: FailedAttempt, limits: RetryLimits): number {
  if (kind === "command" && mayHaveTakenEffect(outcome)) return 1;
  if (outcome.type === "refused") {
    if (outcome.status === 500) return Math.min(triesOn500[kind], limits.maxTries);
    return isTransient(outcome) ? limits.maxTries : 1;
  }
  return serverSeen || outcome.type === "incomplete"
    ? limits.maxTries
    : Math.min(triesUnseen, limits.maxTries);
}

function isTransient(refusal: { readonly status: number; readonly sigmaCode: string | null }): boolean {
  return isTimedOut(refusal) || [408, 429, 502, 503, 504].includes(refusal.status);
}
