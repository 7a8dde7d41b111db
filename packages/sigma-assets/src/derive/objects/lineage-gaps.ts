import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import { isDataElement } from "../../state/data-element.ts";
import type {
  DataModelState,
  DatasetState,
  MissingTableState,
  WorkbookState,
} from "../../state/organization-state.ts";
import { buildDiagnostic } from "../diagnostics/diagnostic-codes.ts";
import { nameObject } from "../diagnostics/name-object.ts";

/** A diagnostic for a document whose lineage is empty although it has elements that read data. */
export function emptyLineage(
  fetched: WorkbookState | DataModelState | DatasetState,
  object: DiagnosticObject,
): readonly Diagnostic[] {
  if (!("elements" in fetched) || !isEmptyBesideData(fetched)) return [];
  const happened = `Sigma returned no sources for the ${nameObject(object)}, which has elements that show data.`;
  return [buildDiagnostic("LINEAGE_EMPTY", object, happened)];
}

/** Whether all routes for lineage answered, and none returned a source. */
function isEmptyBesideData(document: WorkbookState | DataModelState): boolean {
  const { lineage, sources, elements } = document;
  if ((lineage ?? sources)?.length !== 0) return false;
  const isAskedElsewhere = "elementLineage" in document ? document.elementLineage !== null : sources !== null;
  // People type into input tables; those without sources are complete.
  const readsData = elements?.some((row) => isDataElement(row) && row.type !== "input-table") ?? true;
  return isAskedElsewhere && readsData;
}

/** The calls that did not return the path of a table, as a sentence; empty without calls. */
export function describeTried(tried: MissingTableState["tried"]): string {
  if (tried.length === 0) return "";
  return `Calls for its path: ${tried.map(({ route, reason }) => `${route} (${reason})`).join(", ")}.`;
}
