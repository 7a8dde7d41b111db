import type { DatasetRow } from "@dagster-sigma/sigma-client";
import type { CallFailure, DatasetState } from "../../state/organization-state.ts";
import { keepLastGoodDataset } from "../reuse/keep-last-good.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";

/** What a dataset reads. Datasets are deprecated in Sigma: any answer to this is possible, and none is fatal. */
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
  const state: DatasetState = { id, fetchedAt: context.now, properties, sources, queries: null, failures };
  const kept = keepLastGoodDataset(state, context.previous?.last("dataset", id) ?? null);
  // With what is kept: a refresh that goes on from the journal looks there first.
  context.onFetched({ type: "dataset", item: kept });
  return kept;
}
