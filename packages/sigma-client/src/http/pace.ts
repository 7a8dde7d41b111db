import type { Clock } from "@dagster-sigma/foundation";

/**
 * The one pace that all calls of a client share: so many at a time, in the order they came, and none while everybody
 * pauses because Sigma asked for it.
 */
export class Pace {
  readonly #maxConcurrency: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #pausedUntil = 0;

  constructor(options: { readonly maxConcurrency: number; readonly clock: Clock }) {
    this.#maxConcurrency = options.maxConcurrency;
    this.#clock = options.clock;
  }

  /** Runs one attempt of a call when its turn comes. */
  async run<Result>(attempt: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    await this.#enter();
    try {
      for (let wait = this.#remainingPause(); wait > 0; wait = this.#remainingPause()) {
        await this.#clock.sleep(wait, signal);
      }
      signal?.throwIfAborted();
      return await attempt();
    } finally {
      this.#leave();
    }
  }

  /** Nobody starts a call for this long. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
  }

  #remainingPause(): number {
    return this.#pausedUntil - this.#clock.now();
  }

  #enter(): Promise<void> | void {
    if (this.#running < this.#maxConcurrency) {
      this.#running++;
      return;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Hands the place to the next in line, or gives it up. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}
