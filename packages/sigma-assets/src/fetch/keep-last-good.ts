import type { CallFailure, DataModelState, WorkbookState } from "../state/organization-state.ts";

/** Failures that may be over the next time: nothing was learnt of the document. */
function isPassing({ status }: CallFailure): boolean {
  return status === null || status === 402 || status === 408 || status === 429 || status >= 500;
}

/**
 * A document with the last good rows in the place of those that could not be had now. Where Sigma answers that there is
 * nothing, or nothing for these credentials, there is nothing.
 */
export function keepLastGood<Document extends WorkbookState | DataModelState>(
  now: Document,
  last: Document | null,
): Document {
  const failed = new Set(now.failures.filter(isPassing).map(({ subject }) => subject));
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
  return { ...now, ...lineage, ...columns, staleSince: last.staleSince ?? last.fetchedAt };
}
