import type { Diagnostic, DiagnosticExplanation, DiagnosticObject } from "@dagster-sigma/foundation";

/**
 * All diagnostics of a load with severity, meaning and fix. The fix is the end of every message with this code.
 * `npm run check` compares `docs/reference/diagnostics.md` with this table.
 */
export const diagnosticKinds = {
  LINEAGE_UNAVAILABLE: {
    severity: "error",
    meaning: "Sigma did not return the sources of this document; it has no upstream lineage in the graph.",
    whatToDo: "Give the owner of the API credentials access to the document, or load again later.",
  },
  LINEAGE_FROM_OTHER_ROUTE: {
    severity: "warning",
    meaning:
      "Sigma refused the lineage of this document; its sources come from another route, which does not contain the sources of single columns.",
    whatToDo: "Give the owner of the API credentials access to the document.",
  },
  LINEAGE_EMPTY: {
    severity: "warning",
    meaning:
      "Sigma returned no sources for a document with elements that show data; it has no upstream lineage in the graph.",
    whatToDo:
      "Open the document in Sigma. If its elements read tables or data models, give the owner of the API credentials access to them.",
  },
  COLUMNS_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not return the columns of this document; its columns and their lineage are missing.",
    whatToDo: "Give the owner of the API credentials access to the document, or load again later.",
  },
  SPEC_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma did not return the code representation of a document, so its lineage stays as incomplete as without it.",
    whatToDo: "Load again later, or turn the option off: it is a beta feature of Sigma.",
  },
  MATERIALIZATION_SCHEDULES_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not return the materialization schedules of this document; they are missing.",
    whatToDo:
      "Give the owner of the API credentials access to the document, load again later, or turn schedules off.",
  },
  COLUMN_LINEAGE_INCOMPLETE: {
    severity: "warning",
    meaning:
      "Some formulas of a document name columns that cannot be found; their column lineage is missing.",
    whatToDo: "Open the document in Sigma and fix the broken formulas.",
  },
  DATASET_SOURCES_UNAVAILABLE: {
    severity: "error",
    meaning: "Sigma did not return the sources of this dataset; it has no upstream lineage in the graph.",
    whatToDo:
      "Restore the dataset if it was archived, or move its readers to a data model: Sigma is retiring datasets.",
  },
  DETAILS_STALE: {
    severity: "warning",
    meaning: "The details of this document could not be fetched; those of the last fetch are used.",
    whatToDo: "Refresh again later.",
  },
  DOCUMENT_STALE: {
    severity: "warning",
    meaning:
      "Sigma's row of this document is unreadable or missing, or may be; the document of the last fetch is used.",
    whatToDo: "Refresh again later; if it persists, look for a newer version of dagster-sigma.",
  },
  LIST_INCOMPLETE: {
    severity: "warning",
    meaning:
      "Sigma returned fewer rows of a listing than its total, twice. Sigma may count objects that the credentials cannot see, or objects may be missing. Documents of the last state that the listing does not show stay.",
    whatToDo:
      "Nothing, if the total counts objects that these credentials cannot see; otherwise refresh again later. To remove deleted documents, remove the saved state.",
  },
  ROW_UNREADABLE: {
    severity: "error",
    meaning: "Rows of Sigma's responses do not have the documented shape; they are left out.",
    whatToDo: "Look for a newer version of dagster-sigma, and report this message if there is none.",
  },
  FIELD_UNREADABLE: {
    severity: "warning",
    meaning: "A field of rows of Sigma's responses does not have the documented type; it is left out.",
    whatToDo: "Look for a newer version of dagster-sigma, and report this message if there is none.",
  },
  DATASET_SOURCES_INFERRED: {
    severity: "warning",
    meaning:
      "Sigma did not return the sources of this dataset; its upstream tables come from the SQL of an element that reads it.",
    whatToDo: "Move its readers to a data model: Sigma is retiring datasets.",
  },
  DATASETS_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma does not list datasets, or not to these credentials. The lineage of their readers is incomplete.",
    whatToDo:
      "Nothing, if the organization has no datasets; otherwise give the owner of the API credentials access to them.",
  },
  DATA_MODELS_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma does not list data models for this organization. The lineage of their readers is incomplete.",
    whatToDo: "Nothing, if the organization has no data models.",
  },
  TABLES_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the warehouse tables; their paths were fetched one by one.",
    whatToDo: "Give the owner of the API credentials access to the connections, or load again later.",
  },
  CONNECTION_PATHS_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma did not list the paths of the connections; the paths of tables come from the file listing, or were fetched one by one.",
    whatToDo: "Give the owner of the API credentials access to the connections.",
  },
  CONNECTIONS_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the connections, so the warehouse type of tables is unknown.",
    whatToDo: "Give the owner of the API credentials access to the connections.",
  },
  MEMBERS_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the members, so no asset has an owner.",
    whatToDo: "Use credentials whose owner has permission to list members.",
  },
  BADGES_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the files, so no asset has its badge.",
    whatToDo: "Load again later, or turn badges off.",
  },
  ORGANIZATION_UNKNOWN: {
    severity: "warning",
    meaning: "Sigma did not return the organization of the credentials.",
    whatToDo: "Nothing; a snapshot of this load does not name its organization.",
  },
  VISIBILITY_LIMITED: {
    severity: "warning",
    meaning: "The whole organization was requested, but Sigma returns only what the credentials can see.",
    whatToDo: 'Use the credentials of an admin, or load with visibility "credential".',
  },
  UPSTREAM_UNAVAILABLE: {
    severity: "warning",
    meaning: "The assets of a running Dagster could not be fetched; tables keep their default keys.",
    whatToDo: "Check the URL and token of dagsterInstance(), and that Dagster is running.",
  },
  UPSTREAM_AMBIGUOUS: {
    severity: "warning",
    meaning: "Several upstream assets match a table; it keeps its default key.",
    whatToDo: "Map the table with explicitMap(), before the other matchers.",
  },
  UPSTREAM_UNMATCHED: {
    severity: "warning",
    meaning: "No upstream asset matches some tables; they keep their default keys.",
    whatToDo: "Nothing, if no other tool defines them; otherwise map them with explicitMap().",
  },
  TABLE_NOT_LISTED: {
    severity: "error",
    meaning:
      "Documents read a table that Sigma does not show to these credentials; the dependency is missing.",
    whatToDo: "Give the owner of the API credentials access to the table's connection.",
  },
  DATASET_NOT_LISTED: {
    severity: "error",
    meaning:
      "Documents read a dataset that Sigma does not list to these credentials; the dependency is missing.",
    whatToDo: "Give the owner of the API credentials access to the dataset.",
  },
  DATA_MODEL_NOT_LISTED: {
    severity: "error",
    meaning:
      "Documents read a data model that Sigma neither lists nor shows to these credentials; the dependency is missing.",
    whatToDo:
      "Give the owner of the API credentials access to the data model, or move it to a shared folder.",
  },
  SOURCE_UNRESOLVED: {
    severity: "warning",
    meaning:
      "Documents refer to a source that Sigma's responses do not describe; it may have been deleted. The dependency, if there is one, is missing.",
    whatToDo: "Open one of the documents in Sigma: the source may be broken or deleted.",
  },
  SOURCE_KIND_UNKNOWN: {
    severity: "warning",
    meaning: "A document reads a source that is not a table, dataset or data model, such as an upload.",
    whatToDo: "Nothing; there is no asset for this source.",
  },
  CUSTOM_SQL_WITHOUT_TEXT: {
    severity: "error",
    meaning: "A document has custom SQL that Sigma does not return; the tables in it are missing.",
    whatToDo: "Give the owner of the API credentials access to the document.",
  },
  LINEAGE_CYCLE: {
    severity: "warning",
    meaning: "Documents read each other in a cycle; the dependency of the oldest one is omitted.",
    whatToDo: "Open the documents in Sigma and break the cycle.",
  },
  KEY_COLLISION: {
    severity: "warning",
    meaning: "Two objects have names with the same asset key; the key of the younger one got a suffix.",
    whatToDo: "Rename one of them, or set its key in the translator.",
  },
  OWNER_UNKNOWN: {
    severity: "warning",
    meaning: "The owner of documents is not in the member list; the documents have no owner in the graph.",
    whatToDo: "Give the documents another owner in Sigma, or set owners in the translator.",
  },
  OWNER_INVALID: {
    severity: "warning",
    meaning:
      "Dagster does not accept the e-mail address of an owner; the documents have no owner in the graph.",
    whatToDo: 'Set owners in the translator, for example "team:bi".',
  },
  FILTER_MATCHED_NOTHING: {
    severity: "warning",
    meaning: "A path of the filter matches no workbook.",
    whatToDo: "Check its spelling; a path starts with the workspace or My Documents.",
  },
} as const;

/** Code of a diagnostic. */
export type DiagnosticCode = keyof typeof diagnosticKinds;

/**
 * @param happened a sentence that contains the object and the problem
 * @param readers the objects that lack something because of it
 */
export function buildDiagnostic(
  code: DiagnosticCode,
  object: DiagnosticObject | null,
  happened: string,
  readers: readonly DiagnosticObject[] = [],
): Diagnostic {
  const { severity, whatToDo } = diagnosticKinds[code];
  const others = readers.length === 0 ? {} : { readers: readers.map(({ type, id }) => ({ type, id })) };
  return { code, severity, object, message: `${happened} ${whatToDo}`, ...others };
}

/** What the codes of some diagnostics mean, by code. */
export function explainDiagnostics(
  diagnostics: readonly Diagnostic[],
): Readonly<Record<string, DiagnosticExplanation>> {
  const codes = new Set(diagnostics.map(({ code }) => code));
  return Object.fromEntries(
    Object.entries(diagnosticKinds).flatMap(([code, { meaning, whatToDo }]) =>
      codes.has(code) ? [[code, { meaning, whatToDo }]] : [],
    ),
  );
}
