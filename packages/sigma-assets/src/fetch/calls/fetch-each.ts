import type { FetchContext } from "./fetch-context.ts";

/** Fetches one thing for each row, when its turn comes among all documents, telling how far it is. */
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
