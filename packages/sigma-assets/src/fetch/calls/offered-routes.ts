import { SigmaApiError } from "@dagster-sigma/sigma-client";

const none: ReadonlySet<number> = new Set();

/**
 * Remembers the routes that an organization does not offer, so that each is called only once. Other calls to a route
 * wait for the result of the first one.
 */
export class OfferedRoutes {
  readonly #missing = new Map<string, SigmaApiError>();
  readonly #firstCalls = new Map<string, Promise<unknown>>();

  /**
   * Calls a route that is not available for every document or organization; returns null on 400 (not available), 404
   * or 500 (the same, for some documents).
   *
   * @param route name of the route, without the document
   * @param onRefused called with that response
   * @param refusals further statuses that return null
   */
  async ask<Result>(
    route: string,
    call: () => Promise<Result>,
    onRefused: (answer: SigmaApiError) => void = () => undefined,
    refusals: ReadonlySet<number> = none,
  ): Promise<Result | null> {
    const attempt = (): Promise<Result | null> => this.#attempt(route, call, onRefused, refusals);
    const first = this.#firstCalls.get(route);
    const answer = first === undefined ? attempt() : null;
    if (answer !== null)
      this.#firstCalls.set(
        route,
        answer.catch(() => undefined),
      );
    await first;
    return await (answer ?? attempt());
  }

  async #attempt<Result>(
    route: string,
    call: () => Promise<Result>,
    onRefused: (answer: SigmaApiError) => void,
    refusals: ReadonlySet<number>,
  ): Promise<Result | null> {
    try {
      const missing = this.#missing.get(route);
      if (missing !== undefined) throw missing;
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof SigmaApiError)) throw thrown;
      if (![400, 404, 500].includes(thrown.status) && !refusals.has(thrown.status)) throw thrown;
      if (thrown.routeMissing) this.#missing.set(route, thrown);
      onRefused(thrown);
      return null;
    }
  }
}
