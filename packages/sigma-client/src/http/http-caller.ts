import type { Clock, Logger } from "@dagster-sigma/foundation";
import { attempt, type HttpRequest, type TimeLimits } from "./attempt.ts";
import type { Failure } from "./build-call-error.ts";
import type { TransportFetch } from "./fetch-like.ts";
import { Pace } from "./pace.ts";
import type { Answer } from "./read-answer.ts";
import { type CallKind, decideRetry, type RetryDecision, type RetryLimits } from "./retry-policy.ts";

export interface HttpCallerOptions {
  readonly fetch: TransportFetch;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeLimits: TimeLimits;
  readonly retryLimits: RetryLimits;
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
}

export interface SentCall {
  /** Outcome of the last attempt. */
  readonly result: Answer | Failure;
  readonly tries: number;
}

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

  get counts(): CallCounts {
    return { requests: this.#requests, retries: this.#retries, bytes: this.#bytes };
  }

  /**
   * @param endpoint name of the call in logs; contains no secret
   * @param build creates the request for each attempt, because the token may have changed
   */
  async send(
    kind: CallKind,
    endpoint: string,
    build: () => Promise<HttpRequest>,
    signal?: AbortSignal,
  ): Promise<SentCall> {
    const { clock, logger } = this.#options;
    for (let tries = 1; ; tries++) {
      const request = await build();
      const { result, decision } = await this.#pace.run(async () => {
        const result = await this.#attempt(kind, request, endpoint, tries, signal);
        const decision = this.#decide(kind, tries, result);
        // Before this call releases its slot, so that the next call in the queue sees the pause.
        if (decision?.pauseAll && decision.afterMs !== null) this.#pace.pause(decision.afterMs);
        return { result, decision };
      }, signal);
      if (decision === null || decision.afterMs === null) return { result, tries };
      this.#retries++;
      logger.debug("call is retried", {
        endpoint,
        tries,
        reason: result.type,
        afterMs: Math.round(decision.afterMs),
      });
      await clock.sleep(decision.afterMs, signal);
    }
  }

  /** Null if the outcome needs no retry. */
  #decide(kind: CallKind, tries: number, outcome: Answer | Failure): RetryDecision | null {
    if (outcome.type === "ok" || outcome.type === "unauthorized") return null;
    const { retryLimits, random } = this.#options;
    return decideRetry({ kind, tries, serverSeen: this.#serverSeen, outcome }, retryLimits, random);
  }

  async #attempt(
    kind: CallKind,
    request: HttpRequest,
    endpoint: string,
    tries: number,
    signal: AbortSignal | undefined,
  ): Promise<Answer | Failure> {
    const { fetch, clock, logger, timeLimits, userAgent } = this.#options;
    const startedMs = clock.now();
    this.#requests++;
    const headers = { accept: "application/json", "user-agent": userAgent, ...request.headers };
    const { result, bytes } = await attempt(
      { ...request, headers },
      { fetch, clock, limits: timeLimits, signal },
    );
    this.#bytes += bytes;
    if (result.type !== "noConnection" && result.type !== "timeout") this.#serverSeen = true;
    const status = "refusal" in result ? result.refusal.status : null;
    // Sign-in has its own limit of one call per second, which says nothing about other calls.
    if (status === 429 && kind !== "token") this.#pace.refused(startedMs);
    else if (result.type === "ok") this.#pace.succeeded();
    logger.debug("call", {
      endpoint,
      tries,
      result: result.type,
      status,
      bytes,
      ms: clock.now() - startedMs,
    });
    return result;
  }
}
