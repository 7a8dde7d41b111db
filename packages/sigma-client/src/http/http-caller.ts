import type { Clock, Logger } from "@dagster-sigma/foundation";
import { type AnswerLimits, maxSmallBodyBytes } from "./answer-limits.ts";
import { attempt, type HttpRequest, type TimeLimits } from "./attempt.ts";
import type { Failure } from "./build-call-error.ts";
import { CallTime } from "./call-time.ts";
import type { TransportFetch } from "./fetch-like.ts";
import type { Redact } from "./known-secrets.ts";
import { Pace } from "./pace.ts";
import type { RawAnswer } from "./raw-answer.ts";
import type { Answer } from "./read-answer.ts";
import { type CallKind, decideRetry, type RetryDecision, type RetryLimits } from "./retry-policy.ts";

export interface HttpCallerOptions {
  readonly fetch: TransportFetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeLimits: TimeLimits;
  readonly retryLimits: RetryLimits;
  readonly answerLimits: AnswerLimits;
  /** Removes known secrets from a text. */
  readonly redact: Redact;
  /** Called with every complete response except those to sign-ins. */
  readonly onAnswer?: ((answer: RawAnswer) => void) | undefined;
  /** Called with every wait that Sigma requests. */
  readonly onWait?: ((wait: RequestedWait) => void) | undefined;
  /** Maximum calls in flight. */
  readonly maxConcurrency: number;
  /** Maximum requests per second (default: adaptive only). */
  readonly requestsPerSecond?: number | undefined;
  readonly userAgent: string;
  /** Random number from 0 to 1, for jitter. */
  readonly random: () => number;
}

/** Counters of the calls of a client so far. */
export interface CallCounts {
  /** Requests sent, including retries. */
  readonly requests: number;
  /** Retries. */
  readonly retries: number;
  /** Total size of the decompressed bodies, in bytes. */
  readonly bytes: number;
  /** Rows of listings that came more than once, and were merged. */
  readonly repeatedRows: number;
}

/** A wait that Sigma requests with `Retry-After`. */
export interface RequestedWait {
  /** Method and path of the call. */
  readonly endpoint: string;
  /** HTTP status. */
  readonly status: number;
  /** Time until the next attempt, in ms. */
  readonly waitMs: number;
}

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** See {@link CallOptions.onInFlight}. */
  readonly onInFlight?: ((isInFlight: boolean) => void) | undefined;
  /** The remaining time of the call (default: that of a new call). */
  readonly time?: CallTime;
}

export interface SentCall {
  /** Outcome of the last attempt. */
  readonly result: Answer | Failure;
  readonly tries: number;
}

/** Shorter waits are not shown, in ms. */
const shortestShownWaitMs = 1_000;

/** Sends requests under the shared rate limit, with retries. It does not handle tokens. */
export class HttpCaller {
  readonly #options: HttpCallerOptions;
  readonly #pace: Pace;
  #serverSeen = false;
  #requests = 0;
  #retries = 0;
  #bytes = 0;

  constructor(options: HttpCallerOptions) {
    this.#options = options;
    this.#pace = new Pace(options);
  }

  get counts(): Omit<CallCounts, "repeatedRows"> {
    return { requests: this.#requests, retries: this.#retries, bytes: this.#bytes };
  }

  /**
   * @param endpoint name of the call in logs
   * @param build creates the request for each attempt, because the token may have changed
   */
  async send(
    kind: CallKind,
    endpoint: string,
    build: () => Promise<HttpRequest>,
    { signal, onInFlight, time = this.newCallTime() }: SendOptions = {},
  ): Promise<SentCall> {
    const { clock, logger, redact } = this.#options;
    let requestedMs = 0;
    for (let tries = 1; ; tries++) {
      const request = await build();
      const { result, decision } = await this.#pace.run(async () => {
        onInFlight?.(true);
        const result = await this.#attempt(kind, request, { endpoint, tries, signal, time });
        onInFlight?.(false);
        const decision = this.#decide(kind, tries, result, requestedMs);
        // Before this call releases its slot, so that the next call in the queue sees the pause.
        if (decision?.pauseAll && decision.afterMs !== null) this.#pace.pause(decision.afterMs);
        return { result, decision };
      }, signal);
      if (decision === null || decision.afterMs === null) return { result, tries };
      const { afterMs } = decision;
      if (decision.requestedMs !== null) {
        requestedMs += decision.requestedMs;
        this.#showWait(endpoint, result, afterMs);
      } else {
        time.spend(afterMs);
        if (time.leftMs === 0) return { result, tries };
      }
      this.#retries++;
      logger.debug("call is retried", {
        endpoint: redact(endpoint),
        tries,
        reason: result.type,
        afterMs: Math.round(afterMs),
      });
      await clock.sleep(afterMs, signal);
    }
  }

  /** The time that a call may take. */
  newCallTime(): CallTime {
    return new CallTime(this.#options.timeLimits.callTimeoutMs);
  }

  #showWait(call: string, result: Answer | Failure, waitMs: number): void {
    if (waitMs < shortestShownWaitMs) return;
    const status = "refusal" in result ? result.refusal.status : 0;
    const endpoint = this.#options.redact(call);
    this.#options.logger.info("Sigma asks for a wait", { endpoint, status, waitMs: Math.round(waitMs) });
    this.#options.onWait?.({ endpoint, status, waitMs });
  }

  /** Null if the outcome needs no retry. */
  #decide(
    kind: CallKind,
    tries: number,
    outcome: Answer | Failure,
    requestedMs: number,
  ): RetryDecision | null {
    if (outcome.type === "ok" || outcome.type === "unauthorized" || outcome.type === "tooLarge") return null;
    const { retryLimits, random } = this.#options;
    const attempt = { kind, tries, serverSeen: this.#serverSeen, outcome, requestedMs };
    return decideRetry(attempt, retryLimits, random);
  }

  async #attempt(
    kind: CallKind,
    request: HttpRequest,
    { endpoint, tries, signal, time }: AttemptedCall,
  ): Promise<Answer | Failure> {
    const { fetch, clock, logger, timeLimits, userAgent, redact, answerLimits, onAnswer } = this.#options;
    const startedMs = clock.now();
    const begun = performance.now();
    this.#requests++;
    const headers = { accept: "application/json", "user-agent": userAgent, ...request.headers };
    const isSignIn = kind === "token";
    const { result, bytes } = await attempt(
      { ...request, headers },
      {
        fetch,
        clock,
        limits: { ...timeLimits, callTimeoutMs: time.limitMs },
        timeoutMs: time.leftMs,
        maxBytes: (status) => (isSignIn || status >= 300 ? maxSmallBodyBytes : answerLimits.maxAnswerBytes),
        redact,
        isSignIn,
        signal,
        onText:
          onAnswer &&
          (({ status, headers: sent }, text) =>
            onAnswer({
              method: request.method,
              url: redact(request.url),
              status,
              errorCause: sent.get("errorcause"),
              text,
            })),
      },
    );
    time.spend(performance.now() - begun);
    this.#bytes += bytes;
    if (result.type !== "noConnection" && result.type !== "timeout") this.#serverSeen = true;
    const status = "refusal" in result ? result.refusal.status : null;
    // Sign-in has its own limit of one call per second, which says nothing about other calls.
    if (status === 429 && kind !== "token") this.#pace.refused(startedMs);
    else if (result.type === "ok") this.#pace.succeeded();
    logger.debug("call", {
      endpoint: redact(endpoint),
      tries,
      result: result.type,
      // Of a failure only: a success is 2xx.
      ...(status === null ? {} : { status }),
      bytes,
      ms: clock.now() - startedMs,
    });
    return result;
  }
}

interface AttemptedCall {
  readonly endpoint: string;
  readonly tries: number;
  readonly signal: AbortSignal | undefined;
  readonly time: CallTime;
}
