import type { ScheduledSheet } from "./scheduled-sheet.ts";

/** The result for a sheet. */
export type SheetOutcome =
  /** Materialized. */
  | "ready"
  /** Started; only without waiting. */
  | "started"
  /** Sigma refused to start it, or reported a failure. */
  | "failed"
  /** It expired before it was ready. */
  | "expired"
  /** Sigma canceled it. */
  | "canceled"
  /** Sigma skipped it. */
  | "skipped"
  /** Its time limit was exceeded; Sigma goes on. */
  | "timedOut"
  /** It is not known whether it was started, or how it ended. */
  | "unknown"
  /** Waiting was stopped; Sigma goes on. */
  | "stopped"
  /** It was not started, because the time limit was exceeded or waiting was stopped. */
  | "notStarted";

/** Reason for a result other than `ready` and `started`. */
export interface SheetProblem {
  readonly code:
    | "SHEET_ID_MISSING"
    | "START_REFUSED"
    | "START_UNKNOWN"
    | "MATERIALIZATION_FAILED"
    | "MATERIALIZATION_TIMED_OUT"
    | "STATUS_UNAVAILABLE"
    | "WAITING_STOPPED";
  /** In full sentences, with Sigma's own words. */
  readonly message: string;
  /** What to look at; null without advice. */
  readonly hint: string | null;
}

/** The materialization of one sheet. */
export interface SheetResult {
  readonly sheet: ScheduledSheet;
  readonly outcome: SheetOutcome;
  /** Id of the materialization in Sigma; null if it was not started, or if that is unknown. */
  readonly materializationId: string | null;
  /** The last status that Sigma returned, as it sent it; null without one. */
  readonly status: string | null;
  /** ISO 8601, as Sigma sent it; null if unknown. */
  readonly startedAt: string | null;
  /** ISO 8601, as Sigma sent it; null if unknown. */
  readonly readyAt: string | null;
  /** Time from the start to the last status, in seconds, by the clock of this machine; 0 if it was not started. */
  readonly seconds: number;
  readonly problem: SheetProblem | null;
}
