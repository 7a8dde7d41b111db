import { setImmediate } from "node:timers/promises";
import type { Clock } from "@dagster-sigma/foundation";

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/**
 * A clock that advances only when the test advances it. Each sleeper wakes at its own time, independent of the number of
 * other sleepers.
 */
export class SteppedClock implements Clock {
  #sleepers: Sleeper[] = [];
  /** Not 0, so that the start time is realistic. */
  #nowMs = Date.UTC(2026, 0, 1);

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { atMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Advances the time. Wakes the due sleepers in order of time, and lets each run before the next one wakes. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await setImmediate();
    for (let next = this.#earliest(endMs); next !== undefined; next = this.#earliest(endMs)) {
      const due = next;
      this.#sleepers = this.#sleepers.filter((other) => other !== due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.wake();
      await setImmediate();
    }
    this.#nowMs = endMs;
  }

  #earliest(endMs: number): Sleeper | undefined {
    // Sleepers with the same time wake in the order in which they started.
    return [...this.#sleepers].sort((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= endMs);
  }
}
