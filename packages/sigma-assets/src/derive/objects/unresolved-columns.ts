import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import type { UnresolvedReason } from "../columns/column-resolver.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";

const reasons: Readonly<Record<UnresolvedReason, string>> = {
  sourceUnknown: "name a source that the element does not have",
  columnUnknown: "name a column that the source does not have",
  ambiguous: "could mean several columns",
  nativeNameUnknown: "name a table's column that Sigma does not spell as the warehouse does",
  sqlUnread: "name a column of SQL that no parser reads",
};

/** One for a document with references that lead to no column, with how many and why. */
export function unresolvedColumns(
  document: DiagnosticObject,
  unresolved: ReadonlyMap<UnresolvedReason, number>,
): readonly Diagnostic[] {
  if (unresolved.size === 0) return [];
  const counts = Object.entries(reasons).flatMap(([reason, text]) => {
    const count = unresolved.get(reason as UnresolvedReason);
    return count === undefined ? [] : [`${count} ${text}`];
  });
  const what = `References in formulas of "${document.name}" lead to no column: ${counts.join(", ")}.`;
  return [buildDiagnostic("COLUMN_LINEAGE_INCOMPLETE", document, what)];
}
