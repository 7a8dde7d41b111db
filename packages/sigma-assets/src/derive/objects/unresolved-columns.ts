import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import type { UnresolvedReason } from "../columns/column-address.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";

const reasons: Readonly<Record<UnresolvedReason, string>> = {
  sourceUnknown: "name a source that the element does not have",
  columnUnknown: "name a column that the source does not have",
  ambiguous: "match several columns",
  nativeNameUnknown: "name a table column whose real name is unknown",
  sqlUnread: "name a column of SQL that cannot be parsed",
};

/** A diagnostic for a document with unresolved column references, with counts by reason. */
export function unresolvedColumns(
  document: DiagnosticObject,
  unresolved: ReadonlyMap<UnresolvedReason, number>,
): readonly Diagnostic[] {
  if (unresolved.size === 0) return [];
  const counts = Object.entries(reasons).flatMap(([reason, text]) => {
    const count = unresolved.get(reason as UnresolvedReason);
    return count === undefined ? [] : [`${count} ${text}`];
  });
  const what = `References in formulas of "${document.name}" cannot be resolved: ${counts.join(", ")}.`;
  return [buildDiagnostic("COLUMN_LINEAGE_INCOMPLETE", document, what)];
}
