import type { ColumnRow } from "@dagster-sigma/sigma-client";
import { compareText } from "../state/compare-text.ts";
import { objectId } from "../state/object-id.ts";
import type { OrganizationState } from "../state/organization-state.ts";
import type { SigmaDatasetColumn } from "./organization-objects.ts";

/**
 * The columns of datasets, by the id of the dataset. Sigma has no list of them; a column that a workbook passes through
 * unchanged carries them in its id: `inode-<urlId of the dataset>/<name>`.
 */
export function datasetColumns({
  workbooks,
  datasets,
}: Pick<OrganizationState, "workbooks" | "datasets">): ReadonlyMap<string, readonly SigmaDatasetColumn[]> {
  const datasetIds = new Set(datasets.map(({ id }) => objectId(id)));
  const typesByDataset = new Map<string, Map<string, string | null>>();
  for (const column of workbooks.flatMap(({ columns }) => columns ?? [])) {
    const slash = column.columnId.indexOf("/");
    if (slash < 0) continue;
    const datasetId = objectId(column.columnId.slice(0, slash));
    if (!datasetIds.has(datasetId)) continue;
    const name = column.columnId.slice(slash + 1);
    const types = typesByDataset.get(datasetId) ?? new Map<string, string | null>();
    typesByDataset.set(datasetId, types);
    types.set(name, types.get(name) ?? columnType(column));
  }
  return new Map(
    [...typesByDataset].map(([id, types]) => [
      id,
      [...types].map(([name, type]) => ({ name, type })).sort((a, b) => compareText(a.name, b.name)),
    ]),
  );
}

/** Null for a broken column too, whose type is `error`. */
function columnType({ type }: ColumnRow): string | null {
  const name = typeof type === "string" ? type : (type?.type ?? null);
  return name === "error" ? null : name;
}
