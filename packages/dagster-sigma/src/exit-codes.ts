import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Exit codes of the command, for scripts; described in `docs/reference/cli.md`. */
export const exitCodes = {
  fine: 0,
  /** The load or another operation failed. */
  failed: 1,
  /** Options, variables or files are invalid; nothing was attempted. */
  wrongUse: 2,
  /** Stopped by Ctrl-C; the number that shells use. */
  stopped: 130,
  /** `check` found errors, or with `--strict` warnings; `diff --exit-code` found differences; `impact --fail-on` found something. */
  found: 3,
  /** `materialize`: some elements failed, or it is not known whether they were materialized. */
  notAllReady: 4,
  /** `materialize`: a time limit was exceeded. */
  timedOut: 5,
} as const;

/** Errors caused by the caller of the command rather than its environment. */
const wrongUseCodes: ReadonlySet<string> = new Set([
  "WRONG_USE",
  "DEFINITIONS_FILE_MISSING",
  "DEFINITIONS_FILE_NO_DEFINITIONS",
  "ASSET_NOT_FOUND",
  "ASSET_AMBIGUOUS",
  "COLUMN_NOT_FOUND",
  "ASSET_NOT_MATERIALIZABLE",
  "NOTHING_TO_MATERIALIZE",
  "NO_MATERIALIZATION_SCHEDULE",
  "ELEMENT_NOT_SCHEDULED",
  "ELEMENT_AMBIGUOUS",
  "DAGSTER_URL_INVALID",
  "DAGSTER_TOKEN_INVALID",
  "FILE_NOT_WRITTEN",
  "RECORDING_UNREADABLE",
  "PORT_TAKEN",
  "WORKER_NOT_INSTALLED",
  "ENV_VAR_MISSING",
  "SIGMA_BASE_URL_INVALID",
  "SIGMA_CA_FILE_UNREADABLE",
  "SIGMA_FILTER_INVALID",
  "OWNER_RULE_INVALID",
  "TRANSLATOR_INVALID",
  "DBT_MANIFEST_UNREADABLE",
  "DAGSTER_VERSION_INVALID",
  "LOAD_TIMEOUT_INVALID",
  "CODE_LOCATION_PORT_TAKEN",
  "TLS_FILE_UNREADABLE",
  "WORKSPACE_NOT_MERGED",
  "REGION_NOT_FOUND",
  "LOAD_VARIABLE_INVALID",
  "PAGE_PORT_TAKEN",
  "PAGE_TOKEN_MISSING",
  "PAGE_NOT_BUILT",
  "SELECTION_SYNTAX",
  "SELECTION_NEEDS_INSTANCE",
]);

export function exitCodeOf(thrown: unknown): number {
  if (DagsterSigmaError.isInstance(thrown) && thrown.code === "STOPPED") return exitCodes.stopped;
  if (!DagsterSigmaError.isInstance(thrown)) return exitCodes.failed;
  return wrongUseCodes.has(thrown.code) || isGivenFile(thrown) ? exitCodes.wrongUse : exitCodes.failed;
}

/** Whether a file that the user named cannot be read, in contrast to a state that a refresh keeps. */
function isGivenFile(error: DagsterSigmaError): boolean {
  const codes = ["SNAPSHOT_UNREADABLE", "SNAPSHOT_BROKEN", "SNAPSHOT_TOO_NEW"];
  return codes.includes(error.code) && "kind" in error && error.kind === "snapshot";
}
