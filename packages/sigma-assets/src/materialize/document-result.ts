import { createHash } from "node:crypto";
import type { MaterializeTarget } from "./materialize-target.ts";
import type { SheetResult } from "./sheet-result.ts";

/** The result for a document. The first that applies, in this order. */
export type MaterializeOutcome =
  /** Waiting was stopped before all sheets had ended. */
  | "cancelled"
  /** A time limit was exceeded. */
  | "timedOut"
  /** No sheet is ready, and at least one failed. */
  | "failed"
  /** Some sheets failed, expired, or were canceled or skipped by Sigma. */
  | "partlyFailed"
  /** The start or the end of some sheets is unknown. */
  | "unknown"
  /** All sheets were started; only without waiting. */
  | "started"
  /** All sheets are ready. */
  | "ready";

/** The materialization of the sheets of one document. */
export interface MaterializeDocumentResult {
  readonly target: MaterializeTarget;
  readonly outcome: MaterializeOutcome;
  /** In the order of the schedules. */
  readonly sheets: readonly SheetResult[];
  /** Identifies the new data: derived from the ids of the materializations that are ready; null without one. */
  readonly dataVersion: string | null;
  /** Time from the first start to the last end, in seconds. */
  readonly seconds: number;
}

/** @param reason why waiting ended early; null if it did not */
export function documentResult(
  target: MaterializeTarget,
  sheets: readonly SheetResult[],
  options: { readonly endedEarly: "stopped" | "timedOut" | null; readonly seconds: number },
): MaterializeDocumentResult {
  return {
    target,
    outcome: outcomeOf(sheets, options.endedEarly),
    sheets,
    dataVersion: dataVersionOf(sheets),
    seconds: options.seconds,
  };
}

function outcomeOf(
  sheets: readonly SheetResult[],
  endedEarly: "stopped" | "timedOut" | null,
): MaterializeOutcome {
  const has = (...outcomes: readonly SheetResult["outcome"][]): boolean =>
    sheets.some(({ outcome }) => outcomes.includes(outcome));
  if (has("stopped") || (has("notStarted") && endedEarly === "stopped")) return "cancelled";
  if (has("timedOut", "notStarted")) return "timedOut";
  if (has("failed", "expired", "canceled", "skipped"))
    return has("ready", "started", "unknown") ? "partlyFailed" : "failed";
  if (has("unknown")) return "unknown";
  return has("started") ? "started" : "ready";
}

/** Length of a data version, in characters. */
const dataVersionLength = 16;

function dataVersionOf(sheets: readonly SheetResult[]): string | null {
  const ids = sheets.flatMap(({ outcome, materializationId }) =>
    outcome === "ready" && materializationId !== null ? [materializationId] : [],
  );
  if (ids.length === 0) return null;
  return createHash("sha256").update(ids.sort().join("\n")).digest("hex").slice(0, dataVersionLength);
}
