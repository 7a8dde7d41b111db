import { errorText, systemClock, TimeLimitPassed, withTimeLimit } from "@dagster-sigma/foundation";
import { type MaterializationRow, SigmaApiError } from "@dagster-sigma/sigma-client";
import { endOf } from "./materialization-status.ts";
import type { MaterializeProgress, ResolvedMaterializeOptions } from "./materialize-options.ts";
import { describeTarget, type MaterializeCalls, type MaterializeTarget } from "./materialize-target.ts";
import { pollPauseMs } from "./poll-pauses.ts";
import { type ScheduledSheet, sheetName } from "./scheduled-sheet.ts";
import type { SheetOutcome, SheetProblem, SheetResult } from "./sheet-result.ts";
import { sigmaErrorText } from "./sigma-error-text.ts";
import { startUnlessLost } from "./start-unless-lost.ts";

/** A sheet to materialize, and how. */
export interface SheetJob {
  readonly target: MaterializeTarget;
  readonly sheet: ScheduledSheet;
  readonly calls: MaterializeCalls;
  readonly options: ResolvedMaterializeOptions;
  /** Ends waiting; its reason is a `TimeLimitPassed` if the time limit for everything was exceeded. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: MaterializeProgress) => void;
}

/** Starts the materialization of a sheet at most once, and follows it by the id that Sigma returned. Never rejects. */
export async function materializeSheet(job: SheetJob): Promise<SheetResult> {
  const result = await new SheetRun(job).run();
  const { target, sheet, onProgress } = job;
  const { materializationId, status } = result;
  onProgress({ target, sheet, step: "ended", materializationId, status, result });
  return result;
}

class SheetRun {
  readonly #job: SheetJob;
  readonly #name: string;
  #materializationId: string | null = null;
  #startedMs: number | null = null;
  #last: MaterializationRow | null = null;

  constructor(job: SheetJob) {
    this.#job = job;
    this.#name = `"${sheetName(job.sheet)}" of ${describeTarget(job.target)}`;
  }

  async run(): Promise<SheetResult> {
    const { sheet, signal, calls, target, options } = this.#job;
    if (signal.aborted) return this.#result("notStarted");
    if (sheet.sheetId === null)
      return this.#result("failed", {
        code: "SHEET_ID_MISSING",
        message: `${this.#name} cannot be started: Sigma returned its schedule without the id of its sheet.`,
        hint: "Create the schedule again in Sigma.",
      });
    this.#startedMs = performance.now();
    const started = await startUnlessLost(calls, { id: target.id, sheetId: sheet.sheetId, signal });
    if (started.type === "refused")
      return this.#result("failed", {
        code: "START_REFUSED",
        message: `${this.#name} was not started: ${errorText(started.error)}`,
        hint: started.error.hint,
      });
    if (started.type === "notSent") {
      this.#startedMs = null;
      return this.#result("notStarted");
    }
    if (started.type === "unknown") return this.#startUnknown(started.reason);
    this.#materializationId = started.materializationId;
    this.#report("started");
    if (!options.wait) return this.#result("started");
    try {
      return await withTimeLimit(options.sheetTimeoutMs, signal, (limited) =>
        this.#follow(started.materializationId, limited),
      );
    } catch (reason) {
      return this.#endedEarly(reason);
    }
  }

  /** @throws the signal's reason */
  async #follow(materializationId: string, signal: AbortSignal): Promise<SheetResult> {
    const { calls, target, options } = this.#job;
    let answeredMs = performance.now();
    for (let requests = 0; ; requests++) {
      await systemClock.sleep(pollPauseMs(requests, options, Math.random()), signal);
      try {
        const row = await calls.materialization(target.id, materializationId, { signal });
        const changed = row.status !== this.#last?.status;
        this.#last = row;
        answeredMs = performance.now();
        const end = endOf(row);
        if (end !== null) return this.#ended(end);
        if (changed) this.#report("status");
      } catch (thrown) {
        signal.throwIfAborted();
        const isForGood = thrown instanceof SigmaApiError && [401, 403].includes(thrown.status);
        if (isForGood || performance.now() - answeredMs > options.maxStatusFailureMs)
          return this.#statusUnavailable(thrown);
      }
    }
  }

  #ended(end: Exclude<ReturnType<typeof endOf>, null>): SheetResult {
    if (end === "ready") return this.#result("ready");
    const text = sigmaErrorText(this.#last?.error);
    const verb = { failed: "failed", expired: "expired", canceled: "was canceled", skipped: "was skipped" }[
      end
    ];
    return this.#result(end, {
      code: "MATERIALIZATION_FAILED",
      message: `${this.#name} ${verb} in Sigma${text === null ? ", which gave no reason" : `: ${text}`}.`,
      hint: null,
    });
  }

  #startUnknown(reason: string): SheetResult {
    return this.#result("unknown", {
      code: "START_UNKNOWN",
      message: `It is not known whether Sigma started ${this.#name}: ${reason}`,
      hint: "It is not started again by itself. Look at the materializations of the document in Sigma first.",
    });
  }

  #statusUnavailable(thrown: unknown): SheetResult {
    return this.#result("unknown", {
      code: "STATUS_UNAVAILABLE",
      message: `Sigma started ${this.#name} and did not return its status: ${errorText(thrown)}`,
      hint: "Sigma goes on with it. Look at the materializations of the document in Sigma.",
    });
  }

  #endedEarly(reason: unknown): SheetResult {
    const { options, signal } = this.#job;
    const status =
      this.#last === null ? "no status was returned" : `its last status is "${this.#last.status}"`;
    if (reason instanceof TimeLimitPassed) {
      const limit = `${(signal.aborted ? options.timeoutMs : options.sheetTimeoutMs) / 1_000} s`;
      return this.#result("timedOut", {
        code: "MATERIALIZATION_TIMED_OUT",
        message: `${this.#name} did not end within ${limit}${signal.aborted ? " of the whole" : ""}: ${status}.`,
        hint: "Sigma goes on with it.",
      });
    }
    if (!signal.aborted) return this.#statusUnavailable(reason);
    return this.#result("stopped", {
      code: "WAITING_STOPPED",
      message: `Waiting for ${this.#name} was stopped: ${status}.`,
      hint: "Sigma goes on with it; it cannot be canceled.",
    });
  }

  #report(step: "started" | "status"): void {
    const { target, sheet, onProgress } = this.#job;
    const status = this.#last?.status ?? null;
    onProgress({ target, sheet, step, materializationId: this.#materializationId, status, result: null });
  }

  #result(outcome: SheetOutcome, problem: SheetProblem | null = null): SheetResult {
    const last = this.#last;
    return {
      sheet: this.#job.sheet,
      outcome,
      materializationId: this.#materializationId,
      status: last?.status ?? null,
      startedAt: last?.startedAt ?? null,
      readyAt: last?.readyAt ?? null,
      seconds: this.#startedMs === null ? 0 : Math.round(performance.now() - this.#startedMs) / 1_000,
      problem,
    };
  }
}
