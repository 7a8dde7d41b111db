import type { DataModelState, DatasetState, WorkbookState } from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";

/**
 * Replaces rows that could not be fetched because of transient failures with the last good rows. Rows that Sigma
 * denies stay missing.
 */
export function keepLastGood<Document extends WorkbookState | DataModelState>(
  now: Document,
  last: Document | null,
): Document {
  const failed = new Set(now.failures.filter(isTransient).map(({ subject }) => subject));
  if (last === null || failed.size === 0) return now;
  const lineage = failed.has("lineage")
    ? {
        lineage: last.lineage,
        sources: last.sources,
        sqlColumns: last.sqlColumns,
        ...("elementLineage" in last ? { elementLineage: last.elementLineage } : {}),
        ...("queries" in last ? { queries: last.queries } : {}),
      }
    : {};
  const columns = failed.has("columns") ? { elements: last.elements, columns: last.columns } : {};
  const schedules = failed.has("materializationSchedules")
    ? { materializationSchedules: last.materializationSchedules ?? null }
    : {};
  const spec = failed.has("spec") && last.spec !== undefined ? { spec: last.spec } : {};
  return {
    ...now,
    ...spec,
    ...lineage,
    ...columns,
    ...schedules,
    staleSince: last.staleSince ?? last.fetchedAt,
  };
}

/** Uses the last good sources of a dataset if the fetch failed with a transient error. */
export function keepLastGoodDataset(now: DatasetState, last: DatasetState | null): DatasetState {
  if (last === null || !now.failures.some(isTransient)) return now;
  return { ...now, sources: last.sources, staleSince: last.staleSince ?? last.fetchedAt };
}
