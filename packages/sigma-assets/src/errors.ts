import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means; `docs/reference/errors.md` is checked against it. */
export const sigmaAssetsErrorCodes = {
  SIGMA_FILTER_INVALID: "A SigmaFilter is not written as it should be.",
  OWNER_RULE_INVALID: "A rule of `ownerRules` is not written as it should be.",
  TRANSLATOR_INVALID: "The option dagsterSigmaTranslator got a class, or something that cannot translate.",
  TRANSLATOR_FAILED: "The translator threw, or returned something that is not an asset spec.",
  DBT_MANIFEST_UNREADABLE: "The dbt manifest is not there, or is none.",
  UPSTREAM_UNREACHABLE: "The Dagster that dagsterInstance names did not answer as it should.",
  TIME_BUDGET_SPENT: "The time that a fetch may take was over before it was done.",
  STATE_LOCKED: "Another refresh of the same state is under way.",
  STATE_OF_OTHER_ORGANIZATION: "The state belongs to another organization than the credentials.",
  STATE_UNREADABLE: "The state was removed or damaged during a load whose translator asks for lineage rows.",
  STATE_NOT_WRITABLE: "The state, or its folder, cannot be written.",
  SNAPSHOT_UNREADABLE: "The snapshot file is not there, or cannot be read.",
  SNAPSHOT_BROKEN: "The snapshot file is cut, empty, or not a snapshot.",
  SNAPSHOT_TOO_NEW: "The snapshot was written by a newer version.",
  SNAPSHOT_NOT_WRITABLE: "The snapshot file cannot be written.",
} as const;

/** What the user's translator did wrong, and with which object. */
export class TranslatorError extends DagsterSigmaError {
  constructor(object: string, problem: string, cause?: unknown) {
    super({
      code: "TRANSLATOR_FAILED",
      message: `The translator failed on ${object}: ${problem}`,
      hint: "Look at getAssetSpec (or the function given as dagsterSigmaTranslator) for this object.",
      cause,
    });
  }
}

/** A fetch that was to end within a time and did not. */
export class TimeBudgetError extends DagsterSigmaError {
  constructor(budgetMs: number, progress: string, isKept: boolean) {
    super({
      code: "TIME_BUDGET_SPENT",
      message: `The organization was not fetched within ${formatSeconds(budgetMs)}: it was at ${progress}.`,
      hint: isKept
        ? "What was fetched is kept: the next refresh goes on where it was. A longer timeBudgetMs gives it more time."
        : "Give it a longer timeBudgetMs, or keep a state (stateDir), with which the next load goes on where it was.",
    });
  }
}

function formatSeconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/** A state that cannot be refreshed or read now. The file is left as it is. */
export class StateError extends DagsterSigmaError {
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
      hint: "Wait for it to end. A process that died is noticed within half a minute.",
    });
  }

  static ofOther(file: string, was: string, is: string): StateError {
    return new StateError({
      code: "STATE_OF_OTHER_ORGANIZATION",
      message: `The state ${file} belongs to the organization ${was}, and the credentials to ${is}.`,
      hint: "Check the credentials; to start anew, remove the file.",
    });
  }

  /** The file was there when the load began. */
  static unreadable(file: string, cause: unknown): StateError {
    return new StateError({
      code: "STATE_UNREADABLE",
      message: `The translator asks for lineage rows, and the state ${file} that holds them cannot be read (${errorText(cause)}).`,
      hint: "Load again; if the file is damaged, `dagster-sigma refresh --full` fetches everything again.",
      cause,
    });
  }

  static notWritable(file: string, cause: unknown): StateError {
    return new StateError({
      code: "STATE_NOT_WRITABLE",
      message: `The state ${file} cannot be written (${errorText(cause)}).`,
      hint: "Name a folder that can be written with DAGSTER_SIGMA_STATE_DIR.",
      cause,
    });
  }
}

/** A Dagster that cannot be asked for its assets. */
export class UpstreamError extends DagsterSigmaError {
  constructor(endpoint: string, cause: unknown, reason: string = errorText(cause)) {
    super({
      code: "UPSTREAM_UNREACHABLE",
      message: `Dagster could not be asked for its assets at ${endpoint} (${reason}).`,
      hint: "Give dagsterInstance() the URL of Dagster's page; Dagster+ needs a token too.",
      cause,
    });
  }
}

/** A snapshot file that cannot be used. The file is left as it is. */
export class SnapshotError extends DagsterSigmaError {
  constructor(
    code: Extract<keyof typeof sigmaAssetsErrorCodes, `SNAPSHOT_${string}`>,
    file: string,
    problem: string,
    hint: string,
    cause?: unknown,
  ) {
    const reason = cause === undefined ? "" : ` (${errorText(cause)})`;
    super({ code, message: `The snapshot ${file} ${problem}${reason}.`, hint, cause });
  }
}
