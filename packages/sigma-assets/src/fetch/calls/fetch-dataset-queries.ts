import { openQuestions, type SingleSourceElement } from "../../derive/open-questions/open-questions.ts";
import { objectId } from "../../state/object-id.ts";
import type { DatasetState, ShownQuery, WorkbookState } from "../../state/organization-state.ts";
import { endsLoad } from "./ends-load.ts";
import type { FetchContext } from "./fetch-context.ts";
import { shownQuery } from "./shown-query.ts";
import { unlessUnreadable } from "./unless-unreadable.ts";

/** Maximum number of elements whose query is fetched per dataset. */
const maxElements = 3;

/**
 * If Sigma does not return the sources of a dataset, adds the SQL of an element that reads only this dataset, which
 * contains the tables of an archived dataset. Sigma compiles each query on request, so only one element's query is
 * fetched.
 */
export async function fetchDatasetQueries(
  context: FetchContext,
  datasets: readonly DatasetState[],
  workbooks: readonly WorkbookState[],
): Promise<readonly DatasetState[]> {
  if (!context.options.fetchLineageData || datasets.every(({ sources }) => sources !== null)) return datasets;
  const readers = openQuestions({ workbooks }).singleSourceElements;
  const byId = new Map(workbooks.map((workbook) => [workbook.id, workbook]));
  return await Promise.all(
    datasets.map(async (dataset) => {
      const elements = dataset.sources === null ? (readers.get(objectId(dataset.id)) ?? []) : [];
      return { ...dataset, queries: await fetchFirstQuery(context, byId, elements.slice(0, maxElements)) };
    }),
  );
}

async function fetchFirstQuery(
  context: FetchContext,
  workbooks: ReadonlyMap<string, WorkbookState>,
  elements: readonly SingleSourceElement[],
): Promise<readonly ShownQuery[] | null> {
  const { client, signal, previous } = context;
  for (const { workbookId, elementId, sourceId } of elements) {
    const workbook = workbooks.get(workbookId);
    const before = workbook === undefined ? null : (previous?.query(sourceId, workbook, elementId) ?? null);
    if (before !== null) return [before];
    try {
      const row = await unlessUnreadable(context, "GET /v2/workbooks/{id}/elements/{id}/query", () =>
        client.workbooks.elementQuery(workbookId, elementId, { signal }),
      );
      const query = shownQuery(workbookId, elementId, row);
      if (query !== null) return [query];
    } catch (thrown) {
      // The missing sources are already recorded; the next element may have a query.
      if (endsLoad(thrown)) throw thrown;
    }
  }
  return null;
}
