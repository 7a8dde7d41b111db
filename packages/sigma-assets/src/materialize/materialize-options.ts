import { ConfigurationError } from "@dagster-sigma/foundation";
import type { MaterializeTarget } from "./materialize-target.ts";
import { defaultPollPauses, type PollPauses } from "./poll-pauses.ts";
import type { ScheduledSheet } from "./scheduled-sheet.ts";
import type { SheetResult } from "./sheet-result.ts";

/** A step of the materialization of one sheet. */
export interface MaterializeProgress {
  readonly target: MaterializeTarget;
  readonly sheet: ScheduledSheet;
  /** `started` when Sigma accepted the start, `status` when Sigma's status changed, `ended` with the result. */
  readonly step: "started" | "status" | "ended";
  /** Id of the materialization in Sigma; null if it was not started. */
  readonly materializationId: string | null;
  /** The last status that Sigma returned, as it sent it; null without one. */
  readonly status: string | null;
  /** Null until it has ended. */
  readonly result: SheetResult | null;
}

/** Options that apply to all documents of a call. */
export interface RunMaterializationsOptions extends Partial<PollPauses> {
  /** Maximum number of sheets in progress; at least 1 (default: 4). */
  readonly concurrency?: number;
  /** Time limit for each sheet, from its start, in ms; greater than 0 (default: 3,600,000, one hour). */
  readonly sheetTimeoutMs?: number;
  /** Time limit for everything, in ms; greater than 0 (default: none). */
  readonly timeoutMs?: number;
  /** If false, only starts the sheets (default: true). */
  readonly wait?: boolean;
  /**
   * Stops waiting when it is aborted. Sigma cannot cancel a materialization: those that were started go on, and the result
   * says which.
   */
  readonly signal?: AbortSignal;
  /** Called with every step. An error that it throws is shown as a warning of the process, and it is not called again. */
  readonly onProgress?: (progress: MaterializeProgress) => void;
  /**
   * Time for which requests for a status may fail before the result is unknown, in ms (default: 300,000). A missing
   * permission (401, 403) ends it at once.
   */
  readonly maxStatusFailureMs?: number;
}

/** Options of {@link materializeDocument}. */
export interface MaterializeOptions extends RunMaterializationsOptions {
  /** Names or ids of the elements to materialize, or ids of sheets (default: all that have a schedule). */
  readonly elements?: readonly string[];
}

export type ResolvedMaterializeOptions = Required<
  Pick<
    RunMaterializationsOptions,
    "sheetTimeoutMs" | "timeoutMs" | "concurrency" | "wait" | "maxStatusFailureMs"
  >
> &
  PollPauses;

/** Longest delay of a timer, in ms: about 25 days. */
const maxTimerMs = 2 ** 31 - 1;

/** @throws ConfigurationError `MATERIALIZE_OPTION_INVALID` */
export function resolveMaterializeOptions(options: RunMaterializationsOptions): ResolvedMaterializeOptions {
  const resolved = {
    concurrency: options.concurrency ?? 4,
    sheetTimeoutMs: options.sheetTimeoutMs ?? 3_600_000,
    timeoutMs: options.timeoutMs ?? maxTimerMs,
    wait: options.wait ?? true,
    maxStatusFailureMs: options.maxStatusFailureMs ?? 300_000,
    firstPollMs: options.firstPollMs ?? defaultPollPauses.firstPollMs,
    maxPollMs: options.maxPollMs ?? defaultPollPauses.maxPollMs,
  };
  if (!Number.isInteger(resolved.concurrency) || resolved.concurrency < 1)
    throw invalid("concurrency", resolved.concurrency, "an integer of at least 1");
  for (const name of ["sheetTimeoutMs", "timeoutMs", "firstPollMs", "maxPollMs"] as const)
    if (!(resolved[name] > 0)) throw invalid(name, resolved[name], "greater than 0");
  return resolved;
}

function invalid(name: string, value: unknown, wanted: string): ConfigurationError {
  return new ConfigurationError({
    code: "MATERIALIZE_OPTION_INVALID",
    message: `The option ${name} is ${String(value)}.`,
    hint: `It must be ${wanted}.`,
  });
}
