import type { FetchContext } from "./fetch-context.ts";

/** Fetches one item per row under the concurrency limit, and reports the progress. */
export async function fetchEach<Row, State>(
  context: FetchContext,
  stage: string,
  rows: readonly Row[],
  fetchOne: (context: FetchContext, row: Row) => Promise<State>,
): Promise<readonly State[]> {
  let isBegun = false;
  let done = 0;
  const total = rows.length;
  return await Promise.all(
    rows.map((row) =>
      context.slots.run(async () => {
        if (!isBegun) context.onProgress({ stage, done, total });
        isBegun = true;
        const state = await fetchOne(context, row);
        context.onProgress({ stage, done: ++done, total });
        return state;
      }),
    ),
  );
}
