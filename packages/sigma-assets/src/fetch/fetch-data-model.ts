import type { DataModelRow } from "@dagster-sigma/sigma-client";
import type { CallFailure, DataModelState } from "../state/organization-state.ts";
import { type FetchContext, orNote } from "./fetch-context.ts";
import { withoutComment } from "./fetch-workbook.ts";

type DataModelLineage = Pick<DataModelState, "lineage" | "sources">;

const nothing: DataModelLineage = { lineage: null, sources: null };

/** What a data model reads. */
export async function fetchDataModel(
  context: FetchContext,
  properties: DataModelRow,
): Promise<DataModelState> {
  const failures: CallFailure[] = [];
  const id = properties.dataModelId;
  const lineage = context.options.fetchLineageData
    ? await orNote(context, failures, "lineage", () => fetchLineage(context, id))
    : null;
  return { id, version: properties.latestVersion ?? null, properties, ...(lineage ?? nothing), failures };
}

async function fetchLineage(context: FetchContext, id: string): Promise<DataModelLineage> {
  const { client, signal } = context;
  const lineage = await context.routes.ask("dataModels/lineage", () =>
    client.dataModels.lineage(id, { signal }).toArray(),
  );
  if (lineage !== null) return { ...nothing, lineage: lineage.map(withoutComment) };
  const sources = await client.dataModels.sources(id, { signal }).toArray();
  return { ...nothing, sources: sources.map(withoutComment) };
}
