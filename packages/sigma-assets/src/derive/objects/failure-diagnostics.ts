import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";
import type { CallFailure, FailureSubject } from "../../state/organization-state.ts";
import { buildDiagnostic, type DiagnosticCode } from "../diagnostics/diagnostic-codes.ts";

const codes: Readonly<Record<FailureSubject, DiagnosticCode>> = {
  organization: "ORGANIZATION_UNKNOWN",
  listing: "LIST_INCOMPLETE",
  row: "DOCUMENT_STALE",
  lineage: "LINEAGE_UNAVAILABLE",
  columns: "COLUMNS_UNAVAILABLE",
  materializationSchedules: "MATERIALIZATION_SCHEDULES_UNAVAILABLE",
  spec: "SPEC_UNAVAILABLE",
  datasetSources: "DATASET_SOURCES_UNAVAILABLE",
  dataModels: "DATA_MODELS_UNAVAILABLE",
  datasets: "DATASETS_UNAVAILABLE",
  tables: "TABLES_UNAVAILABLE",
  connectionPaths: "CONNECTION_PATHS_UNAVAILABLE",
  connections: "CONNECTIONS_UNAVAILABLE",
  members: "MEMBERS_UNAVAILABLE",
  badges: "BADGES_UNAVAILABLE",
  upstream: "UPSTREAM_UNAVAILABLE",
  visibility: "VISIBILITY_LIMITED",
};

/**
 * Diagnostics for the failed calls of an object.
 *
 * @param instead codes for failures that were compensated
 */
export function failureDiagnostics(
  failures: readonly CallFailure[],
  object: DiagnosticObject | null,
  instead: Partial<Record<FailureSubject, DiagnosticCode>> = {},
): readonly Diagnostic[] {
  return failures.map(({ subject, message }) =>
    buildDiagnostic(instead[subject] ?? codes[subject], object, message),
  );
}
