import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";

/** Error codes of this package with their meaning. `npm run check` compares `docs/reference/errors.md` with it. */
export const sigmaAssetsErrorCodes = {
  SIGMA_FILTER_INVALID: "A SigmaFilter is invalid.",
  OWNER_RULE_INVALID: "A rule of `ownerRules` is invalid.",
  TRANSLATOR_INVALID: "The option dagsterSigmaTranslator is a class, or neither a translator nor a function.",
  TRANSLATOR_FAILED: "The translator threw an error, or returned something that is not an asset spec.",
  DBT_MANIFEST_UNREADABLE: "The dbt manifest does not exist or is not a manifest.",
  UPSTREAM_UNREACHABLE: "The Dagster of dagsterInstance cannot be reached or gave an invalid response.",
  TIME_BUDGET_SPENT: "A fetch did not finish within its time budget.",
  STATE_LOCKED: "Another process is refreshing the same state.",
  STATE_OF_OTHER_ORGANIZATION: "The state and the credentials belong to different organizations.",
  STATE_UNREADABLE:
    "The state file was removed or damaged during a load whose translator reads lineage rows.",
  NO_EARLIER_STATE: "A load of an earlier state found no state at all.",
  LOAD_VARIABLE_INVALID: "A `DAGSTER_SIGMA_*` variable has an invalid value.",
  STATE_NOT_WRITABLE: "The state file or its folder is not writable.",
  ACTIVITY_UNAVAILABLE: "A sensor could not fetch changes from Sigma.",
  STATE_LOCK_LOST:
    "Another process took over the lock of the state, because this process was stopped or the lock was removed.",
  STORED_FILE_UNSAFE: "A stored file is a symbolic link, or not a regular file.",
  SNAPSHOT_UNREADABLE: "The snapshot or state file does not exist or cannot be read.",
  SNAPSHOT_BROKEN: "The snapshot or state file is damaged, truncated, empty or not a snapshot.",
  SNAPSHOT_TOO_NEW: "The snapshot or state was written by a newer version.",
  SNAPSHOT_NOT_WRITABLE: "The snapshot or state file cannot be written.",
  MATERIALIZE_OPTION_INVALID: "An option for materializing is invalid.",
  MATERIALIZE_TARGET_UNKNOWN:
    "An asset that should be materialized is neither a workbook nor a data model of Sigma.",
  MATERIALIZE_RESOURCE_MISSING: "The Sigma organization of an executable asset is not among the resources.",
  NO_MATERIALIZATION_SCHEDULE: "Sigma can materialize only elements that have a materialization schedule.",
  ELEMENT_NOT_SCHEDULED: "The element that should be materialized has no materialization schedule.",
  ELEMENT_AMBIGUOUS: "Several elements of the document have the name that should be materialized.",
  MATERIALIZATION_NOT_READY:
    "Elements of a document were not materialized, or it is not known whether they were.",
  SHEET_ID_MISSING: "Sigma returned a materialization schedule without the id that starts it.",
  START_REFUSED: "Sigma refused to start the materialization of an element.",
  START_UNKNOWN:
    "The response to the start of a materialization was lost. It is not started again, because it may be running.",
  MATERIALIZATION_FAILED: "Sigma reports that a materialization failed, expired, or was canceled or skipped.",
  MATERIALIZATION_TIMED_OUT: "A materialization did not end within the time limit; Sigma goes on with it.",
  STATUS_UNAVAILABLE: "Sigma did not return the status of a materialization that it started.",
  WAITING_STOPPED: "Waiting for a materialization was stopped; Sigma goes on with it.",
} as const;

/** A document, or a part of it, cannot be materialized or was not materialized. */
export class MaterializeError extends DagsterSigmaError {
  constructor(details: {
    readonly code: Extract<
      keyof typeof sigmaAssetsErrorCodes,
      | "NO_MATERIALIZATION_SCHEDULE"
      | "ELEMENT_NOT_SCHEDULED"
      | "ELEMENT_AMBIGUOUS"
      | "MATERIALIZATION_NOT_READY"
    >;
    readonly message: string;
    readonly hint?: string | undefined;
  }) {
    super(details);
  }
}

/** The user's translator failed for an object. */
export class TranslatorError extends DagsterSigmaError {
  /** For example `the Sigma workbook "Sales"`, with its URL. */
  readonly object: string;

  constructor(object: string, problem: string, cause?: unknown) {
    super({
      code: "TRANSLATOR_FAILED",
      message: `The translator failed on ${object}: ${problem}`,
      hint: "Check getAssetSpec (or the function passed as dagsterSigmaTranslator) for this object.",
      cause,
    });
    this.object = object;
  }
}

/** A sensor could not fetch changes. Its cursor is unchanged. */
export class SensorError extends DagsterSigmaError {
  /** @param isTimedOut whether the time of the evaluation was over */
  constructor(cause: unknown, isTimedOut: boolean) {
    const known = !isTimedOut && DagsterSigmaError.isInstance(cause) ? cause : null;
    const what = isTimedOut ? "Sigma did not respond within the time of an evaluation." : errorText(cause);
    const hint = known?.hint ?? (isTimedOut ? "Check the network, and whether Sigma is available." : null);
    super({
      code: known?.code ?? "ACTIVITY_UNAVAILABLE",
      message: `Changes in Sigma could not be fetched: ${what}`,
      hint: `${hint === null ? "" : `${hint} `}The next evaluation continues from here; no change is lost.`,
      cause,
    });
  }
}

/** A fetch exceeded its time budget. */
export class TimeBudgetError extends DagsterSigmaError {
  constructor(budgetMs: number, progress: string, isKept: boolean) {
    super({
      code: "TIME_BUDGET_SPENT",
      message: `The organization was not fetched within ${formatSeconds(budgetMs)}: it was at ${progress}.`,
      hint: isKept
        ? "Fetched documents are stored: the next refresh continues from there. A larger timeBudgetMs gives it more time."
        : "Set a larger timeBudgetMs, or store a state (stateDir), so that the next load continues from there.",
    });
  }
}

function formatSeconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** A state cannot be refreshed or read. The file is unchanged. */
export class StateError extends DagsterSigmaError {
  /** Another process is refreshing the state. */
  static locked(
    file: string,
    holder: { readonly pid: number; readonly host: string; readonly startedAt: string } | null,
  ): StateError {
    const who =
      holder === null
        ? "another process"
        : `process ${holder.pid} on ${holder.host}, since ${holder.startedAt}`;
    return new StateError({
      code: "STATE_LOCKED",
      message: `The state ${file} is being refreshed by ${who}.`,
      hint: "Wait until it ends. The lock of a dead process expires within 30 seconds.",
    });
  }

  /** The state belongs to another organization. */
  static ofOther(file: string, was: string, is: string): StateError {
    return new StateError({
      code: "STATE_OF_OTHER_ORGANIZATION",
      message: `The state ${file} belongs to the organization ${was}, and the credentials to ${is}.`,
      hint: "Check the credentials; to start over, remove the file.",
    });
  }

  /** The file was removed or damaged during the load. */
  static unreadable(file: string, cause: unknown): StateError {
    return new StateError({
      code: "STATE_UNREADABLE",
      message: `The translator reads lineage rows, and the state ${file} that contains them cannot be read (${errorText(cause)}).`,
      hint: "Load again; if the file is damaged, `dagster-sigma refresh --full` fetches everything again.",
      cause,
    });
  }

  /** There is no state, so none can be compared. */
  static noneEarlier(baseUrl: string): StateError {
    return new StateError({
      code: "NO_EARLIER_STATE",
      message: `There is no stored state of ${baseUrl}.`,
      hint: "Run `dagster-sigma refresh` first; loads without a state folder keep none.",
    });
  }

  /** The file or its folder is not writable. */
  static notWritable(file: string, cause: unknown): StateError {
    return new StateError({
      code: "STATE_NOT_WRITABLE",
      message: `The state ${file} cannot be written (${errorText(cause)}).`,
      hint: "Set DAGSTER_SIGMA_STATE_DIR to a writable folder with free space.",
      cause,
    });
  }

  /** The lock no longer belongs to this process. */
  static lockLost(file: string, holder: { readonly pid: number; readonly host: string } | null): StateError {
    const now = holder === null ? "no process" : `process ${holder.pid} on ${holder.host}`;
    return new StateError({
      code: "STATE_LOCK_LOST",
      message: `The lock of the state ${file} now belongs to ${now}, so this refresh did not write the state.`,
      hint: "This happens if a process is stopped for more than 30 s, or if its lock is removed. Refresh again.",
    });
  }

  /** A file that is read or written could lead to another file. */
  static unsafe(file: string, problem: string): StateError {
    return new StateError({
      code: "STORED_FILE_UNSAFE",
      message: `${file} is ${problem}, and is neither read nor written.`,
      hint: "Remove it; stored files must be regular files.",
    });
  }
}

/** The assets of a running Dagster cannot be fetched. */
export class UpstreamError extends DagsterSigmaError {
  constructor(endpoint: string, cause: unknown, reason: string = errorText(cause)) {
    super({
      code: "UPSTREAM_UNREACHABLE",
      message: `The assets of Dagster could not be fetched at ${endpoint} (${reason}).`,
      hint: "Pass the URL of Dagster's UI to dagsterInstance(); Dagster+ also needs a token.",
      cause,
    });
  }
}

/** A snapshot file cannot be used. The file is unchanged. */
export class SnapshotError extends DagsterSigmaError {
  /** Whether a user named the file, or a refresh keeps it. */
  readonly kind: "snapshot" | "state";

  constructor(
    code: Extract<keyof typeof sigmaAssetsErrorCodes, `SNAPSHOT_${string}`>,
    /** `snapshot FILE` or `state FILE`. */
    what: string,
    problem: string,
    hint: string,
    cause?: unknown,
  ) {
    const reason = cause === undefined ? "" : ` (${errorText(cause)})`;
    super({ code, message: `The ${what} ${problem}${reason}.`, hint, cause });
    this.kind = what.startsWith("snapshot ") ? "snapshot" : "state";
  }
}
