/** Requests a second with which a client starts, until it learns more. */
const startPerSecond = 20;
/** Calls in flight with which it starts. */
const startInFlight = 4;
/** Faster than any server answers. */
const highestPerSecond = 2_000;
/** Slower than this it does not get: a server that bears less says how long to wait. */
const lowestPerSecond = 10;
/** Each success raises the rate by this share, until the first refusal. */
const growth = 0.5;
/** What is left of the rate that the server bore, after a refusal. */
const cut = 0.7;
/** Requests that may go at once after a while without any, where no rate was set and none was refused. */
const burst = startInFlight;
/** Over which the rate that the server bears is measured, in ms. */
const windowMs = 1_000;

export interface RateLimits {
  /** Most requests a second, whatever the server would bear; no limit when left out. */
  readonly requestsPerSecond?: number | undefined;
  /** Most calls in flight. */
  readonly maxConcurrency: number;
}

/**
 * How fast a client may go: so many requests a second, so many in flight. Starts low, grows quickly while all is well,
 * is cut to 0.7 of what the server bore when it refuses (429), and grows slowly from then on. Knows no clock: times are
 * given, in ms.
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

  /** Requests a second at the moment. */
  get perSecond(): number {
    return this.#perSecond;
  }

  /** Most calls in flight at the moment. */
  get inFlight(): number {
    return Math.floor(this.#inFlight);
  }

  /** Takes the next free moment for a request; how long it is until then, in ms. */
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

  /** @param sentAt when the refused request was sent: one sent before the last cut says nothing new */
  refused(now: number, sentAt: number): void {
    if (sentAt < this.#lastCutAt) return;
    this.#forgetOld(now);
    // A server that counts by the second has borne no more than these, however fast they came.
    const borne = this.#successes.length / (windowMs / 1_000);
    const lowest = Math.min(lowestPerSecond, this.#highest);
    this.#perSecond = Math.max(lowest, cut * Math.min(this.#perSecond, borne));
    // If the pause was too short, few are to find out.
    this.#inFlight = Math.max(1, this.#inFlight / 4);
    this.#wasRefused = true;
    this.#lastCutAt = now;
  }

  #forgetOld(now: number): void {
    this.#successes = this.#successes.filter((at) => now - at <= windowMs);
  }
}
