import { SigmaApiError } from "@dagster-sigma/sigma-client";

/**
 * Knows which routes an organization turned out not to have, so that each of them is asked for once. While the first
 * call to a route is under way, the others wait for what comes of it.
 */
export class OfferedRoutes {
  readonly #missing = new Map<string, SigmaApiError>();
  readonly #firstCalls = new Map<string, Promise<unknown>>();

  /**
   * The result of a call that Sigma does not have for every document, or not in every organization; `null` where it
   * answers 400 (nothing of this kind here), 404 or 500 (its way to say the same of some documents).
   *
   * @param route names the route, whichever document is asked for
   * @param onRefused is given that answer
   */
  async ask<Result>(
    route: string,
    call: () => Promise<Result>,
    onRefused: (answer: SigmaApiError) => void = () => undefined,
  ): Promise<Result | null> {
    const first = this.#firstCalls.get(route);
    const answer = first === undefined ? this.#attempt(route, call, onRefused) : null;
    if (answer !== null)
      this.#firstCalls.set(
        route,
        answer.catch(() => undefined),
      );
    await first;
    return await (answer ?? this.#attempt(route, call, onRefused));
  }

  async #attempt<Result>(
    route: string,
    call: () => Promise<Result>,
    onRefused: (answer: SigmaApiError) => void,
  ): Promise<Result | null> {
    try {
      const missing = this.#missing.get(route);
      if (missing !== undefined) throw missing;
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof SigmaApiError) || ![400, 404, 500].includes(thrown.status)) throw thrown;
      if (thrown.routeMissing) this.#missing.set(route, thrown);
      onRefused(thrown);
      return null;
    }
  }
}
