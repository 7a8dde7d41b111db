import type { DataModelRow } from "@dagster-sigma/sigma-client";
import type { DataModelState } from "../state/organization-state.ts";
import type { FetchContext } from "./fetch-context.ts";
import { DocumentFetch } from "./fetch-document.ts";
import { fetchSqlColumns } from "./fetch-sql-columns.ts";
import { keepLastGood } from "./keep-last-good.ts";

/** What is inside a data model. */
export async function fetchDataModel(
  context: FetchContext,
  properties: DataModelRow,
  isListed = true,
): Promise<DataModelState> {
  const before = context.previous?.dataModel(properties, isListed) ?? null;
  if (before !== null) return before;
  const { fetchColumnData, fetchLineageData } = context.options;
  const id = properties.dataModelId;
  const model = new DocumentFetch(context, "dataModels", id);
  const [lineage, elements, columns] = await Promise.all([
    fetchLineageData ? model.note("lineage", () => model.lineage()) : null,
    fetchColumnData ? model.note("columns", () => model.elements()) : null,
    fetchColumnData ? model.note("columns", () => model.columns()) : null,
  ]);
  const rows = lineage?.lineage ?? null;
  const state: DataModelState = {
    id,
    fetchedAt: context.now,
    version: properties.latestVersion ?? null,
    properties,
    isListed,
    lineage: rows,
    sources: lineage?.sources ?? null,
    elements,
    columns,
    sqlColumns: fetchColumnData && rows !== null ? await fetchSqlColumns(context, rows) : null,
    failures: model.failures,
  };
  context.onFetched({ type: "dataModel", item: state });
  return keepLastGood(state, context.previous?.lastDataModel(id) ?? null);
}
