/** Initial requests per second. */
const startPerSecond = 20;
/** Initial limit of calls in flight. */
const startInFlight = 4;
/** Upper limit of the rate; higher than any server supports. */
const highestPerSecond = 2_000;
/** Lower limit of the rate; a slower server sends `Retry-After`. */
const lowestPerSecond = 10;
/** Relative increase of the rate per success, until the first 429. */
const growth = 0.5;
/** Factor for the measured rate after a 429. */
const cut = 0.7;
/** Requests that may be sent at once after an idle period, unless a rate is set or a 429 was received. */
const burst = startInFlight;
/** Window in which the rate of successes is measured, in ms. */
const windowMs = 1_000;

export interface RateLimits {
  /** Maximum requests per second (default: no limit). */
  readonly requestsPerSecond?: number | undefined;
  /** Maximum calls in flight. */
  readonly maxConcurrency: number;
}

/**
 * An adaptive limit of requests per second and of calls in flight. It starts low and grows quickly. A 429 cuts it to 0.7
 * of the measured rate of successes; after that it grows slowly. It has no clock: callers pass the time in ms.
 */
export class AdaptiveRate {
  readonly #highest: number;
  readonly #maxInFlight: number;
  readonly #hasCeiling: boolean;
  #perSecond: number;
  #inFlight: number;
  #wasRefused = false;
  #nextAt = 0;
  #lastCutAt = Number.NEGATIVE_INFINITY;
  #successes: number[] = [];

  constructor({ requestsPerSecond, maxConcurrency }: RateLimits) {
    this.#highest = Math.min(requestsPerSecond ?? highestPerSecond, highestPerSecond);
    this.#maxInFlight = maxConcurrency;
    this.#hasCeiling = requestsPerSecond !== undefined;
    this.#perSecond = Math.min(startPerSecond, this.#highest);
    this.#inFlight = Math.min(startInFlight, maxConcurrency);
  }

  /** Current limit of requests per second. */
  get perSecond(): number {
    return this.#perSecond;
  }

  /** Current limit of calls in flight. */
  get inFlight(): number {
    return Math.floor(this.#inFlight);
  }

  /** Reserves the next slot for a request and returns the wait until then, in ms. */
  reserve(now: number): number {
    const everyMs = 1_000 / this.#perSecond;
    const saved = this.#wasRefused || this.#hasCeiling ? 0 : (burst - 1) * everyMs;
    const at = Math.max(this.#nextAt, now - saved);
    this.#nextAt = at + everyMs;
    return Math.max(0, at - now);
  }

  succeeded(now: number): void {
    this.#successes.push(now);
    if (this.#successes.length > 2 * highestPerSecond) this.#forgetOld(now);
    const more = this.#wasRefused ? 1 / this.#perSecond : this.#perSecond * growth;
    this.#perSecond = Math.min(this.#highest, this.#perSecond + more);
    const moreInFlight = this.#wasRefused ? 0.1 : 1;
    this.#inFlight = Math.min(this.#maxInFlight, this.#inFlight + moreInFlight);
  }

  /** @param sentAt when the request was sent; a 429 for a request sent before the last cut is ignored */
  refused(now: number, sentAt: number): void {
    if (sentAt < this.#lastCutAt) return;
    this.#forgetOld(now);
    // A server that counts per second accepted no more than these, however fast they were sent.
    const borne = this.#successes.length / (windowMs / 1_000);
    const lowest = Math.min(lowestPerSecond, this.#highest);
    this.#perSecond = Math.max(lowest, cut * Math.min(this.#perSecond, borne));
    // If the pause was too short, only few calls fail again.
    this.#inFlight = Math.max(1, this.#inFlight / 4);
    this.#wasRefused = true;
    this.#lastCutAt = now;
  }

  #forgetOld(now: number): void {
    this.#successes = this.#successes.filter((at) => now - at <= windowMs);
  }
}
