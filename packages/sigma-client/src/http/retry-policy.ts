/**
 * Which failed attempts are repeated, and after how long. Pure: what a call is, how often it was tried and what came
 * of it go in, a decision comes out. The rules and their reasons stand in `docs/decisions/0003-retries.md`.
 */

/** What a call is, as far as repeating it goes. */
export type CallKind =
  /** One page of a listing of documents, members, … */
  | "listing"
  /** The lineage, elements, columns, … of one whole document. */
  | "document"
  /** One object. */
  | "detail"
  /** Lineage of one element, where 500 is Sigma's normal way to say that there is none. */
  | "elementLineage"
  /** Sign-in. Changes nothing, though it is a POST. */
  | "token"
  /** State of a materialization. */
  | "status"
  /** A POST that changes something. */
  | "command";

/** What came of an attempt, other than success and 401. */
type FailedOutcome =
  | {
      readonly type: "refused";
      readonly status: number;
      readonly sigmaCode: string | null;
      readonly retryAfterMs: number | null;
    }
  /** 2xx, and the body is cut, empty or not JSON. */
  | { readonly type: "incomplete" }
  /** No answer. `sent` is false when the request certainly never left this machine. */
  | { readonly type: "noConnection"; readonly sent: boolean }
  | { readonly type: "timeout"; readonly sent: boolean };

export interface FailedAttempt {
  readonly kind: CallKind;
  /** Attempts made so far, this one included; at least 1. */
  readonly tries: number;
  /** False while nothing has ever come back from this server: a wrong host name should be told soon. */
  readonly serverSeen: boolean;
  readonly outcome: FailedOutcome;
}

/** `afterMs` null: do not repeat. */
export interface RetryDecision {
  readonly afterMs: number | null;
  /** Whether all other calls should wait as long. */
  readonly pauseAll: boolean;
}

export interface RetryLimits {
  /** Most attempts for passing faults. */
  readonly maxTries: number;
  /** The first wait is at most this long; each further one at most twice the last. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** A `Retry-After` longer than this is not waited for. */
  readonly maxRetryAfterMs: number;
}

/** Sigma documents no limits of its own; five waits of up to 1, 2, 4, 8, 16 s outlast the bursts that were reported. */
export const defaultRetryLimits: RetryLimits = {
  maxTries: 6,
  baseDelayMs: 1_000,
  maxDelayMs: 30_000,
  maxRetryAfterMs: 300_000,
};

/** Attempts in all when the server answers 500, which Sigma does for good on some objects. */
const triesOn500: Readonly<Record<CallKind, number>> = {
  listing: 3,
  token: 3,
  status: 3,
  document: 2,
  detail: 2,
  elementLineage: 1,
  command: 1,
};

/** Attempts in all while the server was never seen. */
const triesUnseen = 2;

const stop: RetryDecision = { afterMs: null, pauseAll: false };

export function decideRetry(
  attempt: FailedAttempt,
  limits: RetryLimits,
  random: () => number = Math.random,
): RetryDecision {
  const { outcome } = attempt;
  if (attempt.tries >= maxTriesFor(attempt, limits)) return stop;
  const jitter = random() * Math.min(limits.maxDelayMs, limits.baseDelayMs * 2 ** (attempt.tries - 1));
  if (outcome.type !== "refused") return { afterMs: jitter, pauseAll: false };
  if (outcome.retryAfterMs === null) return { afterMs: jitter, pauseAll: outcome.status === 429 };
  if (outcome.retryAfterMs > limits.maxRetryAfterMs) return stop;
  // Not all at the same moment: those who wait come back spread over a second.
  return { afterMs: outcome.retryAfterMs + random() * 1_000, pauseAll: true };
}

function maxTriesFor({ kind, outcome, serverSeen }: FailedAttempt, limits: RetryLimits): number {
  if (kind === "command" && mayHaveTakenEffect(outcome)) return 1;
  if (outcome.type === "refused") {
    if (outcome.status === 500) return Math.min(triesOn500[kind], limits.maxTries);
    return isTransient(outcome.status, outcome.sigmaCode) ? limits.maxTries : 1;
  }
  return serverSeen || outcome.type === "incomplete"
    ? limits.maxTries
    : Math.min(triesUnseen, limits.maxTries);
}

/** 402 is no matter of billing here: Sigma's servers use it, with `timedout`, for a computation that took too long. */
function isTransient(status: number, sigmaCode: string | null): boolean {
  if (status === 402) return sigmaCode === "timedout";
  return [408, 429, 502, 503, 504].includes(status);
}

function mayHaveTakenEffect(outcome: FailedOutcome): boolean {
  if (outcome.type === "refused") return outcome.status !== 429;
  return outcome.type === "incomplete" || outcome.sent;
}
