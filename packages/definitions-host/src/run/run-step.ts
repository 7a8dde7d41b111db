import {
  type AssetExecution,
  AssetKey,
  type AssetSpec,
  type Definitions,
  RetryRequested,
} from "@dagster-sigma/asset-graph";
import type { LogFields } from "@dagster-sigma/foundation";
import { DefinitionsHostError } from "../errors.ts";
import type { UserCode } from "../failure/code-place.ts";
import { describeFailure } from "../failure/describe-failure.ts";
import type { Failure } from "../failure/failure.ts";
import { executionDigest } from "./execution-digest.ts";
import {
  checkMessage,
  closedMessage,
  logMessage,
  materializationMessage,
  openedMessage,
  type PipesMessage,
} from "./pipes-message.ts";
import type { StepRequest } from "./step-request.ts";

/** What a step needs. */
export interface StepOptions {
  /** Their asset graph contains the asset, and their resources are passed to its code. */
  readonly definitions: Definitions;
  /** Where the user's code is, for its frames in errors; null if unknown. */
  readonly userCode: UserCode | null;
  /** Aborted when the run is terminated. */
  readonly signal: AbortSignal;
  /** Called with each message of the step, in order. */
  readonly send: (message: PipesMessage) => void;
}

/**
 * Materializes the asset of a step, and sends its messages; the last one is `closed`. Never rejects.
 *
 * @returns the failure of the step; null if there is none
 */
export async function runStep(request: StepRequest, options: StepOptions): Promise<Failure | null> {
  const { definitions, userCode, signal, send } = options;
  send(openedMessage());
  try {
    const key = new AssetKey(request.assetKey);
    const execution = executionOf(definitions, key);
    checkDigest(request, definitions.assetGraph.get(key)?.spec);
    const log = (level: "DEBUG" | "INFO" | "WARNING") => (message: string, fields?: LogFields) =>
      send(logMessage(level, message, fields));
    // The run may have been terminated while the definitions were loading.
    signal.throwIfAborted();
    const result = await execution.materialize({
      assetKey: key,
      resources: definitions.resources,
      signal,
      log: { debug: log("DEBUG"), info: log("INFO"), warn: log("WARNING") },
    });
    signal.throwIfAborted();
    checkResults(request, key, result.checkResults);
    send(materializationMessage(key, result));
    for (const check of result.checkResults) send(checkMessage(key, check));
    send(closedMessage(null));
    return null;
  } catch (thrown) {
    const retry = thrown instanceof RetryRequested ? thrown : null;
    const failure = describeFailure(thrown, userCode);
    send(closedMessage(failure, retry));
    return failure;
  }
}

function executionOf(definitions: Definitions, key: AssetKey): AssetExecution {
  const execution = definitions.assetGraph.get(key)?.spec.execution ?? null;
  if (execution !== null) return execution;
  throw new Error(
    `The definitions have no executable asset "${key.toUserString()}". They changed after the run was planned; reload the code location.`,
  );
}

/** @throws DefinitionsHostError `SNAPSHOT_CHANGED` */
function checkDigest({ digest }: StepRequest, spec: AssetSpec | undefined): void {
  if (digest === null || spec === undefined || digest === executionDigest(spec)) return;
  throw new DefinitionsHostError({
    code: "SNAPSHOT_CHANGED",
    message: `The code of the asset "${spec.key.toUserString()}" changed after the run was planned.`,
    hint: "Start the run again; it then uses the current code.",
  });
}

/** Dagster's own error for a missing result does not name the check. */
function checkResults(
  { checks }: StepRequest,
  key: AssetKey,
  results: readonly { readonly checkName: string }[],
): void {
  const reported = new Set(results.map(({ checkName }) => checkName));
  const missing = checks.filter((name) => !reported.has(name));
  if (missing.length > 0)
    throw new Error(
      `The code of the asset "${key.toUserString()}" returned no result for the selected ${missing.length === 1 ? "check" : "checks"} ${missing.map((name) => `"${name}"`).join(", ")}.`,
    );
}
