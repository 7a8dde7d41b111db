import { CallTime } from "./call-time.ts";

/** The shortest time that a call gets, in ms. */
const shortestMs = 1_000;

/**
 * The time of calls by route. Each call of a route that runs out of time halves the time of the next calls of that route,
 * down to a second, so that a route that does not answer costs one time limit and not one per document. A call that ends
 * in time restores it.
 */
export class RouteTimes {
  readonly #limitMs: number;
  /** Number of calls in a row that ran out of time. */
  readonly #timeouts = new Map<string, number>();

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** The time of a new call. */
  start(route: string): CallTime {
    const limitMs = this.#limitMs / 2 ** (this.#timeouts.get(route) ?? 0);
    return new CallTime(Math.min(this.#limitMs, Math.max(shortestMs, limitMs)));
  }

  ended(route: string, isTimeout: boolean): void {
    if (isTimeout) this.#timeouts.set(route, (this.#timeouts.get(route) ?? 0) + 1);
    else this.#timeouts.delete(route);
  }
}
