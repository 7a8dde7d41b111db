/** Minimum speed of a body, in bytes per second. */
export const minBytesPerSecond = 1_024;

/** A body arrives more slowly than {@link minBytesPerSecond}. */
export class SlowBody extends Error {
  /** Time after which the speed was measured, in ms. */
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`the body arrives more slowly than ${minBytesPerSecond} bytes per second`);
    this.afterMs = afterMs;
  }
}

/**
 * Watches the speed of a body: after a first period, each half of it must bring {@link minBytesPerSecond}. Pauses that
 * we caused do not count.
 */
export class SlowBodyWatch {
  readonly #afterMs: number;
  readonly #onSlow: (error: SlowBody) => void;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #bytes = 0;

  constructor(afterMs: number, onSlow: (error: SlowBody) => void) {
    this.#afterMs = afterMs;
    this.#onSlow = onSlow;
  }

  start(): void {
    this.#timer = setTimeout(() => this.#measure(), this.#afterMs);
  }

  add(bytes: number): void {
    this.#bytes += bytes;
  }

  pause(): void {
    clearTimeout(this.#timer);
  }

  /** Has no effect after {@link stop}. */
  resume(): void {
    if (!this.#isStopped) this.#measure();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Begins a period of measurement. */
  #measure(): void {
    const periodMs = this.#afterMs / 2;
    this.#bytes = 0;
    this.#timer = setTimeout(() => {
      if (this.#bytes < (minBytesPerSecond * periodMs) / 1_000) this.#onSlow(new SlowBody(this.#afterMs));
      else this.#measure();
    }, periodMs);
  }
}
