import { compareText } from "@dagster-sigma/foundation";
import { objectId } from "../../state/object-id.ts";
import type { OrganizationState } from "../../state/organization-state.ts";
import { columnType } from "../columns/document-columns.ts";
import { passedColumn } from "../columns/native-columns.ts";
import type { SigmaColumn } from "../columns/sigma-column.ts";

/**
 * The columns of datasets, by dataset id. Sigma does not list them; they come from the ids of columns that workbooks
 * and data models pass through, `inode-<urlId of the dataset>/<name>`, and from formulas.
 *
 * @param readers columns of assets that may be computed from columns of datasets
 */
export function datasetColumns(
  { workbooks, dataModels, datasets }: Pick<OrganizationState, "workbooks" | "dataModels" | "datasets">,
  readers: readonly SigmaColumn[],
): ReadonlyMap<string, readonly SigmaColumn[]> {
  const typesByDataset = new Map(datasets.map(({ id }) => [objectId(id), new Map<string, string | null>()]));
  for (const documents of [workbooks, dataModels]) {
    for (const { columns } of documents) {
      for (const column of columns ?? []) {
        const passed = passedColumn(column.columnId);
        const types = typesByDataset.get(passed?.objectId ?? "");
        if (passed !== null) types?.set(passed.column, types.get(passed.column) ?? columnType(column));
      }
    }
  }
  for (const { from } of readers) {
    for (const { id, column } of from) {
      const types = typesByDataset.get(id);
      if (types?.has(column) === false) types.set(column, null);
    }
  }
  return new Map(
    [...typesByDataset].map(([id, types]) => [
      id,
      [...types]
        .map(([name, type]) => ({ name, type, formula: null, from: [] }))
        .sort((a, b) => compareText(a.name, b.name)),
    ]),
  );
}
