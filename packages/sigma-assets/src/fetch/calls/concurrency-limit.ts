/** Lets a bounded number of tasks run at a time, in the order in which they came. */
export class ConcurrencyLimit {
  readonly #signal: AbortSignal;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param signal once it is aborted, tasks that wait are not begun */
  constructor(slots: number, signal: AbortSignal) {
    this.#free = slots;
    this.#signal = signal;
  }

  /** @throws the reason of the signal, or what the task throws */
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
