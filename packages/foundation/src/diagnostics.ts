/**
 * `error`: something that should be in the graph is missing. `warning`: the graph is complete but less detailed, or
 * deserves a look.
 */
export type Severity = "warning" | "error";

/** The object that a diagnostic is about. */
export interface DiagnosticObject {
  /** `workbook`, `dataModel`, `dataset`, `table`, `member`, `filter`, … */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** The object's page in Sigma; null if it has none. */
  readonly url: string | null;
}

/** A problem that did not stop the load. */
export interface Diagnostic {
  /** Stable code, listed in `docs/reference/diagnostics.md`. */
  readonly code: string;
  readonly severity: Severity;
  /** Null when it concerns the whole organization. */
  readonly object: DiagnosticObject | null;
  /** What happened and what to do about it, in full sentences. */
  readonly message: string;
  /** The objects that lack something because of it, if `object` is not the only one. */
  readonly readers?: readonly Pick<DiagnosticObject, "type" | "id">[];
}

/** What all diagnostics of one code have in common. */
export interface DiagnosticExplanation {
  /** What happened, and what the graph lacks because of it, in full sentences. */
  readonly meaning: string;
  /** What to do about it, in full sentences. */
  readonly whatToDo: string;
}

function sortKey(diagnostic: Diagnostic): string {
  const { code, object, message } = diagnostic;
  return JSON.stringify([code, object?.type ?? "", object?.name ?? "", object?.id ?? "", message]);
}

/** Sorts by code, then object, then message, so that equal sets of diagnostics are always in the same order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics
    .map((diagnostic) => ({ diagnostic, key: sortKey(diagnostic) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ diagnostic }) => diagnostic);
}
