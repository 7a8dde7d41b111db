import { type Clock, onAbort } from "@dagster-sigma/foundation";
import { AdaptiveRate, type RateLimits } from "./adaptive-rate.ts";

/** Timers are not accurate enough for shorter waits, which are skipped. */
const shortestSleepMs = 4;

/**
 * The rate limit that all calls of a client share: a maximum per second and in flight, first come, first served. No call
 * starts during a pause that Sigma requested.
 */
export class Pace {
  readonly #rate: AdaptiveRate;
  readonly #clock: Clock;
  /** In order of arrival. */
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #pausedUntil = 0;

  constructor(options: RateLimits & { readonly clock: Clock }) {
    this.#rate = new AdaptiveRate(options);
    this.#clock = options.clock;
  }

  /** Runs one attempt as soon as the limits allow it. */
  async run<Result>(attempt: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    await this.#enter(signal);
    try {
      const wait = this.#rate.reserve(this.#clock.now());
      if (wait >= shortestSleepMs) await this.#clock.sleep(wait, signal);
      for (let pause = this.#remainingPause(); pause > 0; pause = this.#remainingPause()) {
        await this.#clock.sleep(pause, signal);
      }
      signal?.throwIfAborted();
      return await attempt();
    } finally {
      this.#leave();
    }
  }

  /** Starts no call for this time. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
  }

  succeeded(): void {
    this.#rate.succeeded(this.#clock.now());
  }

  /** Handles a 429. */
  refused(sentAtMs: number): void {
    this.#rate.refused(this.#clock.now(), sentAtMs);
  }

  #remainingPause(): number {
    return this.#pausedUntil - this.#clock.now();
  }

  /** Waits for a free slot of the calls in flight. @throws the reason of the signal */
  #enter(signal: AbortSignal | undefined): Promise<void> | void {
    if (this.#running < this.#rate.inFlight) {
      this.#running++;
      return;
    }
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        stopListening?.();
        resolve();
      };
      const stopListening =
        signal &&
        onAbort(signal, () => {
          this.#waiting.delete(enter);
          reject(signal.reason);
        });
      this.#waiting.add(enter);
    });
  }

  #leave(): void {
    this.#running--;
    this.#admit();
  }

  /** Starts waiting calls up to the limit. */
  #admit(): void {
    while (this.#running < this.#rate.inFlight) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      this.#waiting.delete(next);
      this.#running++;
      next();
    }
  }
}
