import type { MaterializeDocumentResult, ScheduledSheet, SheetResult } from "@dagster-sigma/sigma-assets";
import type { PlannedDocument, UnplannedDocument } from "./plan-documents.ts";
import type { DagsterReport } from "./report-to-dagster.ts";

/** A document with its result. */
export interface MaterializedDocument {
  readonly document: PlannedDocument;
  readonly result: MaterializeDocumentResult;
  /** Null without `--report`, or if the document is not ready. */
  readonly report: DagsterReport | null;
}

/** JSON output of `materialize`; described in `docs/reference/json-output.md`. */
export function materializeJson(
  outcome: string,
  materialized: readonly MaterializedDocument[],
  unplanned: readonly UnplannedDocument[],
): object {
  return {
    outcome,
    documents: materialized.map(({ document, result, report }) => ({
      ...documentJson(document),
      outcome: result.outcome,
      dataVersion: result.dataVersion,
      seconds: result.seconds,
      sheets: result.sheets.map(sheetJson),
      ...(report === null ? {} : { report }),
    })),
    notStarted: unplannedJson(unplanned),
  };
}

/** JSON output of `materialize --dry-run`. */
export function planJson(
  planned: readonly PlannedDocument[],
  unplanned: readonly UnplannedDocument[],
): object {
  return {
    outcome: "dryRun",
    documents: planned.map((document) => ({
      ...documentJson(document),
      sheets: document.plan.sheets.map((sheet) => ({ ...sheet })),
    })),
    notStarted: unplannedJson(unplanned),
  };
}

function documentJson({ spec, target }: PlannedDocument | UnplannedDocument): object {
  return {
    key: spec.key.path,
    type: target.type,
    id: target.id,
    name: target.name ?? null,
    url: target.url ?? null,
  };
}

function unplannedJson(unplanned: readonly UnplannedDocument[]): readonly object[] {
  return unplanned.map((document) => ({ ...documentJson(document), problem: document.problem }));
}

function sheetJson({ sheet, ...result }: SheetResult): ScheduledSheet & Omit<SheetResult, "sheet"> {
  return { ...sheet, ...result };
}
