/** Limits the number of concurrent tasks, first come, first served. */
export class ConcurrencyLimit {
  readonly #signal: AbortSignal;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param signal prevents waiting tasks from starting once it is aborted */
  constructor(slots: number, signal: AbortSignal) {
    this.#free = slots;
    this.#signal = signal;
  }

  /** @throws the signal's reason, or the task's error */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      this.#signal.throwIfAborted();
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
