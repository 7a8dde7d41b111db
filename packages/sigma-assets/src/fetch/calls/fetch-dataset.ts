import type { DatasetRow } from "@dagster-sigma/sigma-client";
import type { CallFailure, DatasetState } from "../../state/organization-state.ts";
import { keepLastGoodDataset } from "../reuse/keep-last-good.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/**
 * Fetches the sources of a dataset. Datasets are deprecated in Sigma, so every error response is possible and none is
 * fatal.
 */
export async function fetchDataset(context: FetchContext, properties: DatasetRow): Promise<DatasetState> {
  const before = context.previous?.unchanged("dataset", properties) ?? null;
  if (before !== null) return { ...before, queries: null };
  const failures: CallFailure[] = [];
  const id = properties.datasetId;
  const sources = context.options.fetchLineageData
    ? await orNote(context, failures, "datasetSources", () =>
        context.client.datasets.sources(id, { signal: context.signal }).toArray(),
      )
    : null;
  const state: DatasetState = {
    id,
    fetchedAt: context.now,
    properties,
    sources,
    queries: null,
    failures,
    ...context.rowProblems.take("datasets", id),
  };
  const kept = keepLastGoodDataset(state, context.previous?.last("dataset", id) ?? null);
  // Includes stale rows, because a resumed refresh reads the journal first.
  context.onFetched({ type: "dataset", item: kept });
  return kept;
}
