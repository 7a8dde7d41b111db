import type { DataModelState, DatasetState, WorkbookState } from "../../state/organization-state.ts";
import { isTransient } from "../../state/transient-failure.ts";

/**
 * A document with the last good rows in the place of those that could not be had now. Where Sigma answers that there is
 * nothing, or nothing for these credentials, there is nothing.
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
      }
    : {};
  const columns = failed.has("columns") ? { elements: last.elements, columns: last.columns } : {};
  const schedules = failed.has("materializationSchedules")
    ? { materializationSchedules: last.materializationSchedules ?? null }
    : {};
  return { ...now, ...lineage, ...columns, ...schedules, staleSince: last.staleSince ?? last.fetchedAt };
}

/** A dataset with its last good sources, where those of now could not be had for a moment. */
export function keepLastGoodDataset(now: DatasetState, last: DatasetState | null): DatasetState {
  if (last === null || !now.failures.some(isTransient)) return now;
  return { ...now, sources: last.sources, staleSince: last.staleSince ?? last.fetchedAt };
}
