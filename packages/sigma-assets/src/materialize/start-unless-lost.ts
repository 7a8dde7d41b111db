import { errorText } from "@dagster-sigma/foundation";
import { SigmaError } from "@dagster-sigma/sigma-client";
import type { MaterializeCalls } from "./materialize-target.ts";

/** The response to a start. */
export type StartAnswer =
  | { readonly type: "started"; readonly materializationId: string }
  /** Sigma certainly did not start it. */
  | { readonly type: "refused"; readonly error: SigmaError }
  /** Waiting was stopped before the start was sent. */
  | { readonly type: "notSent" }
  /** The response was lost, or cannot be read. */
  | { readonly type: "unknown"; readonly reason: string };

/** Time that a start in flight has for its response after waiting was stopped, in ms. */
const graceMs = 5_000;

/**
 * Starts a materialization. A start in flight is not interrupted at once when the signal is aborted, because its response
 * has the only id to find the materialization with.
 */
export async function startUnlessLost(
  calls: MaterializeCalls,
  { id, sheetId, signal }: { readonly id: string; readonly sheetId: string; readonly signal: AbortSignal },
): Promise<StartAnswer> {
  const end = new AbortController();
  let isInFlight = false;
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => end.abort(), isInFlight ? graceMs : 0);
  };
  const onInFlight = (now: boolean): void => {
    isInFlight = now;
    if (!isInFlight && signal.aborted) end.abort();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const options = { signal: end.signal, onInFlight };
    const { materializationId } = await calls.startMaterialization(id, sheetId, options);
    return { type: "started", materializationId };
  } catch (thrown) {
    if (end.signal.aborted)
      return isInFlight
        ? { type: "unknown", reason: "waiting was stopped before Sigma responded." }
        : { type: "notSent" };
    if (thrown instanceof SigmaError && !thrown.mayHaveTakenEffect) return { type: "refused", error: thrown };
    return { type: "unknown", reason: errorText(thrown) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
