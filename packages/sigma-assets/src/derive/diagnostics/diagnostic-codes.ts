import type { Diagnostic, DiagnosticObject } from "@dagster-sigma/foundation";

/**
 * Every diagnostic that a load can give: how bad it is, what it means, and what to do, which ends every message of the
 * code. `docs/reference/diagnostics.md` is checked against it, both ways.
 */
export const diagnosticKinds = {
  LINEAGE_UNAVAILABLE: {
    severity: "error",
    meaning: "Sigma did not tell what this document reads; it stands in the graph with nothing above it.",
    whatToDo: "Give the owner of the API credentials access to the document, or load again later.",
  },
  COLUMNS_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma did not tell the columns of this document; they are missing, and with them their lineage.",
    whatToDo: "Give the owner of the API credentials access to the document, or load again later.",
  },
  MATERIALIZATION_SCHEDULES_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not tell the materialization schedules of this document; they are missing.",
    whatToDo:
      "Give the owner of the API credentials access to the document, load again later, or leave schedules out.",
  },
  COLUMN_LINEAGE_INCOMPLETE: {
    severity: "warning",
    meaning:
      "Some formulas of a document name columns that cannot be found; their column lineage is left out.",
    whatToDo: "Open the document in Sigma: formulas that are broken there can be mended.",
  },
  DATASET_SOURCES_UNAVAILABLE: {
    severity: "error",
    meaning: "Sigma did not tell what this dataset reads; it stands in the graph with nothing above it.",
    whatToDo:
      "Restore the dataset if it was archived, or move its readers to a data model: Sigma is retiring datasets.",
  },
  DETAILS_STALE: {
    severity: "warning",
    meaning: "Sigma could not be asked about this document now; what it told the last time stands in.",
    whatToDo: "Refresh again later.",
  },
  DATASET_SOURCES_INFERRED: {
    severity: "warning",
    meaning:
      "Sigma did not tell what this dataset reads; the tables above it are those in the SQL of an element that reads it.",
    whatToDo: "Move its readers to a data model: Sigma is retiring datasets.",
  },
  DATASETS_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma does not list datasets any more, or not to these credentials. What reads one has a gap above it.",
    whatToDo:
      "Nothing, if the organization has none left; otherwise give the credentials' owner access to them.",
  },
  DATA_MODELS_UNAVAILABLE: {
    severity: "warning",
    meaning: "The organization does not list data models. What reads one has a gap above it.",
    whatToDo: "Nothing, if the organization has none.",
  },
  TABLES_UNAVAILABLE: {
    severity: "error",
    meaning:
      "Sigma did not list the warehouse tables, so that nothing is known of what lies below datasets and models.",
    whatToDo: "Give the owner of the API credentials access to the connections, or load again later.",
  },
  CONNECTION_PATHS_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "Sigma did not tell the paths of the connections; tables were looked for among the files, which name no connection.",
    whatToDo: "Let the owner of the API credentials use the connections.",
  },
  CONNECTIONS_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the connections, so that no table says in which kind of warehouse it is.",
    whatToDo: "Let the owner of the API credentials see the connections.",
  },
  MEMBERS_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the members, so that no asset has an owner.",
    whatToDo: "Use credentials whose owner may list members.",
  },
  BADGES_UNAVAILABLE: {
    severity: "warning",
    meaning: "Sigma did not list the files, so that no asset has its badge.",
    whatToDo: "Load again later, or leave badges out.",
  },
  ORGANIZATION_UNKNOWN: {
    severity: "warning",
    meaning: "Sigma did not tell which organization the credentials belong to.",
    whatToDo: "Nothing needs to be done; a snapshot made of it does not name its organization.",
  },
  VISIBILITY_LIMITED: {
    severity: "warning",
    meaning: "The whole organization was asked for, and Sigma shows only what the credentials see.",
    whatToDo: 'Use the credentials of an admin, or load with visibility "credential".',
  },
  UPSTREAM_UNAVAILABLE: {
    severity: "warning",
    meaning:
      "A running Dagster could not be asked for its assets; tables keep the keys they have by default.",
    whatToDo: "Check the URL and token of dagsterInstance(), and that Dagster is running.",
  },
  UPSTREAM_AMBIGUOUS: {
    severity: "warning",
    meaning: "Several assets of the rest of the graph may be a table; it keeps its default key.",
    whatToDo: "Name the right one with explicitMap(), before the other matchers.",
  },
  UPSTREAM_UNMATCHED: {
    severity: "warning",
    meaning: "No asset of the rest of the graph was found for some tables; they keep their default keys.",
    whatToDo: "Nothing, if nobody else has assets for them; otherwise name them with explicitMap().",
  },
  TABLE_NOT_LISTED: {
    severity: "error",
    meaning:
      "Documents read a table that Sigma does not show to these credentials; the dependency is left out.",
    whatToDo: "Give the owner of the API credentials access to the table's connection.",
  },
  DATASET_NOT_LISTED: {
    severity: "error",
    meaning:
      "Documents read a dataset that Sigma does not list to these credentials; the dependency is left out.",
    whatToDo: "Give the owner of the API credentials access to the dataset.",
  },
  DATA_MODEL_NOT_LISTED: {
    severity: "error",
    meaning:
      "Documents read a data model that Sigma neither lists nor shows to these credentials; the dependency is left out.",
    whatToDo:
      "Give the owner of the API credentials access to the data model, or move it to a shared folder.",
  },
  SOURCE_UNRESOLVED: {
    severity: "error",
    meaning: "A document names a source that Sigma's answer does not describe; the dependency is left out.",
    whatToDo: "Open the document in Sigma: the source may be broken or deleted.",
  },
  SOURCE_KIND_UNKNOWN: {
    severity: "warning",
    meaning: "A document reads something that is no table, dataset or data model, such as an upload.",
    whatToDo: "Nothing needs to be done; it has no asset that the document could depend on.",
  },
  CUSTOM_SQL_WITHOUT_TEXT: {
    severity: "error",
    meaning: "A document has SQL of its own, which Sigma does not show; the tables in it are left out.",
    whatToDo: "Give the owner of the API credentials access to the document.",
  },
  LINEAGE_CYCLE: {
    severity: "warning",
    meaning: "Documents read each other in a circle; the dependency of the oldest one is left out.",
    whatToDo: "Open the documents in Sigma and break the circle.",
  },
  KEY_COLLISION: {
    severity: "warning",
    meaning: "Two objects have names that clean to the same asset key; the younger one's key got a suffix.",
    whatToDo: "Rename one of them, or give it a key of its own in the translator.",
  },
  OWNER_UNKNOWN: {
    severity: "warning",
    meaning: "The owner of documents is not among the members; they have no owner in the graph.",
    whatToDo: "Give the documents another owner in Sigma, or set owners in the translator.",
  },
  OWNER_INVALID: {
    severity: "warning",
    meaning:
      "The e-mail address of an owner is none that Dagster accepts; the documents have no owner in the graph.",
    whatToDo: 'Set owners in the translator, for example "team:bi".',
  },
  FILTER_MATCHED_NOTHING: {
    severity: "warning",
    meaning: "A path of the filter matches no workbook.",
    whatToDo: "Check its spelling; a path starts with the workspace, or with My Documents.",
  },
} as const;

export type DiagnosticCode = keyof typeof diagnosticKinds;

/** @param happened what happened to which object, as a sentence */
export function buildDiagnostic(
  code: DiagnosticCode,
  object: DiagnosticObject | null,
  happened: string,
): Diagnostic {
  const { severity, whatToDo } = diagnosticKinds[code];
  return { code, severity, object, message: `${happened} ${whatToDo}` };
}
