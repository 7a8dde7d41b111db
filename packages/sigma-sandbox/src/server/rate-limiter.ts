/** Limits the requests per second, like the edge of Sigma's API. */
export class RateLimiter {
  readonly #perSecond: number;
  #recent: number[] = [];

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  refuses(route: string): boolean {
    if (!Number.isFinite(this.#perSecond) || route === "/v2/auth/token") return false;
    const now = performance.now();
    this.#recent = this.#recent.filter((at) => now - at < 1_000);
    if (this.#recent.length >= this.#perSecond) return true;
    this.#recent.push(now);
    return false;
  }
}
