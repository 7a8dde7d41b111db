/**
 * The time that a call may take over all its attempts and the delays between them. Waits that Sigma requests
 * (`Retry-After`) and waits for the shared rate limit do not count.
 */
export class CallTime {
  readonly limitMs: number;
  #spentMs = 0;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** Remaining time, in ms; at least 0. */
  get leftMs(): number {
    return Math.max(0, this.limitMs - this.#spentMs);
  }

  spend(ms: number): void {
    this.#spentMs += ms;
  }
}
