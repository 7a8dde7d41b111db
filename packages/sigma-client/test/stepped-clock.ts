import { setImmediate } from "node:timers/promises";
import type { Clock } from "@dagster-sigma/foundation";

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until the test moves it, so that sleepers really wait: each wakes when its own time has come,
 * however many others sleep.
 */
export class SteppedClock implements Clock {
  #sleepers: Sleeper[] = [];
  /** Long after the beginning of time, as every clock. */
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

  /** Moves on, waking those whose time comes in the order of their times, and lets each do what it can. */
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
    // Those with the same time wake in the order in which they fell asleep.
    return [...this.#sleepers].sort((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= endMs);
  }
}
