import type { FetchContext } from "./fetch-context.ts";
import { mapBounded } from "./map-bounded.ts";

/**
 * Documents that are worked on at a time. The client's own pace decides how many calls are in flight; a document has
 * three at a time, so that a dozen keep it busy. More would all be half done when a fetch is cut off.
 */
const maxDocuments = 12;

/** Fetches one thing for each row, telling how far it is. */
export async function fetchEach<Row, State>(
  context: FetchContext,
  stage: string,
  rows: readonly Row[],
  fetchOne: (context: FetchContext, row: Row) => Promise<State>,
): Promise<readonly State[]> {
  let done = 0;
  const total = rows.length;
  if (total > 0) context.onProgress({ stage, done, total });
  return await mapBounded(rows, maxDocuments, async (row) => {
    const state = await fetchOne(context, row);
    context.onProgress({ stage, done: ++done, total });
    return state;
  });
}
