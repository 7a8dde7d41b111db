import { SigmaResponseShapeError } from "@dagster-sigma/sigma-client";
import type { FetchContext } from "./fetch-context.ts";

/**
 * Returns the result of a call for one of several parts, so that an unreadable response costs only this part: it is
 * recorded, and the result is null.
 *
 * @param route the route with `{id}` for every id
 */
export async function unlessUnreadable<Result>(
  { rowProblems }: Pick<FetchContext, "rowProblems">,
  route: string,
  call: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await call();
  } catch (thrown) {
    if (!(thrown instanceof SigmaResponseShapeError)) throw thrown;
    rowProblems.addWhole(thrown, route);
    return null;
  }
}
