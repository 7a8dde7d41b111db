import { setMaxListeners } from "node:events";
import { TimeLimitPassed, withTimeLimit } from "@dagster-sigma/foundation";
import type { SigmaClient } from "@dagster-sigma/sigma-client";
import { ConcurrencyLimit } from "../fetch/calls/concurrency-limit.ts";
import { documentResult, type MaterializeDocumentResult } from "./document-result.ts";
import {
  type MaterializeProgress,
  type ResolvedMaterializeOptions,
  type RunMaterializationsOptions,
  resolveMaterializeOptions,
} from "./materialize-options.ts";
import { materializeSheet } from "./materialize-sheet.ts";
import { callsFor } from "./materialize-target.ts";
import type { MaterializationPlan } from "./plan-materialization.ts";

/**
 * Materializes the sheets of several plans, with one limit for all of them. Each sheet is started at most once. Results are
 * in the order of the plans.
 *
 * @throws ConfigurationError `MATERIALIZE_OPTION_INVALID`; the signal's reason if it is aborted before the first start
 */
export async function runMaterializations(
  client: SigmaClient,
  plans: readonly MaterializationPlan[],
  options: RunMaterializationsOptions = {},
): Promise<readonly MaterializeDocumentResult[]> {
  const resolved = resolveMaterializeOptions(options);
  const onProgress = safely(options.onProgress);
  return await withTimeLimit(resolved.timeoutMs, options.signal, async (signal) => {
    // Every sheet listens to it.
    setMaxListeners(0, signal);
    // Sheets that wait for their turn when the signal is aborted are reported as not started.
    const limit = new ConcurrencyLimit(resolved.concurrency, new AbortController().signal);
    const context = { client, options: resolved, onProgress, signal, limit };
    return await Promise.all(plans.map((plan) => materializePlan(plan, context)));
  });
}

async function materializePlan(
  { target, sheets }: MaterializationPlan,
  context: {
    readonly client: SigmaClient;
    readonly options: ResolvedMaterializeOptions;
    readonly onProgress: (progress: MaterializeProgress) => void;
    readonly signal: AbortSignal;
    readonly limit: ConcurrencyLimit;
  },
): Promise<MaterializeDocumentResult> {
  const { client, options, onProgress, signal, limit } = context;
  const calls = callsFor(client, target);
  let startedMs: number | null = null;
  const results = await Promise.all(
    sheets.map((sheet) =>
      limit.run(() => {
        startedMs ??= performance.now();
        return materializeSheet({ target, sheet, calls, options, signal, onProgress });
      }),
    ),
  );
  const isTimedOut = signal.reason instanceof TimeLimitPassed;
  const seconds = startedMs === null ? 0 : Math.round(performance.now() - startedMs) / 1_000;
  return documentResult(target, results, {
    endedEarly: signal.aborted ? (isTimedOut ? "timedOut" : "stopped") : null,
    seconds,
  });
}

/** A listener that fails must not end waiting for materializations. */
function safely(
  listener: ((progress: MaterializeProgress) => void) | undefined,
): (progress: MaterializeProgress) => void {
  let current = listener;
  return (progress) => {
    try {
      current?.(progress);
    } catch (thrown) {
      current = undefined;
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
    }
  };
}
