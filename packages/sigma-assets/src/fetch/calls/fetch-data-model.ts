import type { ColumnRow, DataModelRow, ElementRow } from "@dagster-sigma/sigma-client";
import type { DataModelState } from "../../state/organization-state.ts";
import { keepLastGood } from "../reuse/keep-last-good.ts";
import type { FetchContext } from "./fetch-context.ts";
import { DocumentFetch, type DocumentLineage } from "./fetch-document.ts";
import { fetchSqlColumns } from "./fetch-sql-columns.ts";

/** Fetches the details of a data model. */
export async function fetchDataModel(
  context: FetchContext,
  properties: DataModelRow,
  isListed = true,
): Promise<DataModelState> {
  const before = context.previous?.unchanged("dataModel", properties) ?? null;
  if (before !== null) return { ...before, isListed };
  const { fetchColumnData, fetchLineageData } = context.options;
  const id = properties.dataModelId;
  const model = new DataModelFetch(context, "dataModels", id);
  const last = context.previous?.last("dataModel", id) ?? null;
  const lineageRows = fetchLineageData ? model.note("lineage", () => model.requiredLineage()) : null;
  const [lineage, sqlColumns, elements, columns, schedules] = await Promise.all([
    lineageRows,
    fetchSqlColumns(context, lineageRows, last),
    fetchColumnData ? model.note("columns", () => model.requiredElements()) : null,
    fetchColumnData ? model.note("columns", () => model.requiredColumns()) : null,
    model.schedules(),
  ]);
  const state: DataModelState = {
    id,
    fetchedAt: context.now,
    version: properties.latestVersion ?? null,
    properties,
    isListed,
    lineage: lineage?.lineage ?? null,
    sources: lineage?.sources ?? null,
    elements,
    columns,
    sqlColumns,
    ...schedules,
    failures: model.failures,
    ...model.unreadable(),
  };
  const kept = keepLastGood(state, last);
  // Includes stale rows, because a resumed refresh reads the journal first.
  context.onFetched({ type: "dataModel", item: kept });
  return kept;
}

/** The calls for one data model. Unlike workbooks, data models have no calls for single elements to fall back to. */
class DataModelFetch extends DocumentFetch {
  async requiredLineage(): Promise<DocumentLineage> {
    const found = await this.lineage();
    if (found.sources === null) this.required("lineage", found.lineage);
    this.noteRefusal(found);
    return found;
  }

  async requiredElements(): Promise<readonly ElementRow[]> {
    return this.required("elements", await this.elements());
  }

  async requiredColumns(): Promise<readonly ColumnRow[]> {
    return this.required("columns", await this.columns());
  }
}
