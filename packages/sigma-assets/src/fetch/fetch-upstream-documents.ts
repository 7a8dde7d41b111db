import type { DataModelRow, DatasetRow } from "@dagster-sigma/sigma-client";
import { dataModelSources, datasetSources, type SourceReference } from "../lineage/document-sources.ts";
import { objectId } from "../state/object-id.ts";
import type { DataModelState, DatasetState } from "../state/organization-state.ts";
import type { FetchContext } from "./fetch-context.ts";
import { fetchDataModel } from "./fetch-data-model.ts";
import { fetchDataset } from "./fetch-dataset.ts";
import { fetchEach } from "./fetch-each.ts";

/** The documents that workbooks read. */
export interface UpstreamDocuments {
  readonly dataModels: readonly DataModelState[];
  readonly datasets: readonly DatasetState[];
}

export interface UpstreamRows {
  readonly dataModels: readonly DataModelRow[];
  readonly datasets: readonly DatasetRow[];
}

/** Fetches the data models and datasets that were listed: all of them, or those that something in `readBy` leads to. */
export async function fetchUpstreamDocuments(
  context: FetchContext,
  listed: UpstreamRows,
  readBy: readonly SourceReference[] | "all",
): Promise<UpstreamDocuments> {
  if (readBy === "all") return await fetchDocuments(context, listed);
  const models = new Map(listed.dataModels.map((row) => [objectId(row.dataModelId), row]));
  const datasets = new Map(listed.datasets.map((row) => [objectId(row.datasetId), row]));
  const found = { dataModels: [] as DataModelState[], datasets: [] as DatasetState[] };
  for (let references = readBy; references.length > 0; ) {
    const next = await fetchDocuments(context, {
      dataModels: take(models, references),
      datasets: take(datasets, references),
    });
    found.dataModels.push(...next.dataModels);
    found.datasets.push(...next.datasets);
    references = [...next.dataModels.flatMap(dataModelSources), ...next.datasets.flatMap(datasetSources)];
  }
  return found;
}

async function fetchDocuments(context: FetchContext, rows: UpstreamRows): Promise<UpstreamDocuments> {
  const [dataModels, datasets] = await Promise.all([
    fetchEach(context, "data models", rows.dataModels, fetchDataModel),
    fetchEach(context, "datasets", rows.datasets, fetchDataset),
  ]);
  return { dataModels, datasets };
}

/** The rows that are referred to, each only once ever. */
function take<Row>(rows: Map<string, Row>, references: readonly SourceReference[]): readonly Row[] {
  return references.flatMap(({ id }) => {
    const row = rows.get(id);
    rows.delete(id);
    return row ?? [];
  });
}
