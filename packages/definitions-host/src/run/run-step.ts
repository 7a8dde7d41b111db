import {
  AssetCheckResult,
  type AssetCheckSpec,
  AssetKey,
  type AssetSpec,
  type Definitions,
  RetryRequested,
  type StepContext,
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
 * Materializes the asset of a step, or executes its check, and sends its messages; the last one is `closed`. Never rejects.
 *
 * @returns the failure of the step; null if there is none
 */
export async function runStep(request: StepRequest, options: StepOptions): Promise<Failure | null> {
  const { userCode, send } = options;
  send(openedMessage());
  try {
    // The run may have been terminated while the definitions were loading.
    options.signal.throwIfAborted();
    const results = await (request.check === null
      ? materialize(request, options)
      : executeCheck(request, request.check, options));
    options.signal.throwIfAborted();
    for (const message of results) send(message);
    send(closedMessage(null));
    return null;
  } catch (thrown) {
    const retry = thrown instanceof RetryRequested ? thrown : null;
    const failure = describeFailure(thrown, userCode);
    send(closedMessage(failure, retry));
    return failure;
  }
}

async function materialize(request: StepRequest, options: StepOptions): Promise<readonly PipesMessage[]> {
  const key = new AssetKey(request.assetKey);
  const spec = options.definitions.assetGraph.get(key)?.spec;
  const execution = spec?.execution ?? null;
  if (spec === undefined || execution === null) throw notExecutable(`asset "${key.toUserString()}"`);
  checkDigest(request, spec, `asset "${key.toUserString()}"`);
  const result = await execution.materialize(stepContext(request, key, options));
  checkResults(request, key, result.checkResults);
  return [
    materializationMessage(key, result),
    ...result.checkResults.map((check) => checkMessage(key, check)),
  ];
}

async function executeCheck(
  request: StepRequest,
  name: string,
  options: StepOptions,
): Promise<readonly PipesMessage[]> {
  const key = new AssetKey(request.assetKey);
  const spec = options.definitions.assetChecks.find(
    (check) => check.name === name && check.assetKey.equals(key),
  );
  const what = `check "${name}" of the asset "${key.toUserString()}"`;
  const execution = spec?.execution ?? null;
  if (spec === undefined || execution === null) throw notExecutable(what);
  checkDigest(request, spec, what);
  const result = await execution.check({ ...stepContext(request, key, options), checkName: name });
  if (!(result instanceof AssetCheckResult)) throw new TypeError(`The ${what} returned no AssetCheckResult.`);
  return [checkMessage(key, { ...result, checkName: name })];
}

function stepContext(
  { config }: StepRequest,
  assetKey: AssetKey,
  { definitions, signal, send }: StepOptions,
): StepContext {
  const log = (level: "DEBUG" | "INFO" | "WARNING") => (message: string, fields?: LogFields) =>
    send(logMessage(level, message, fields));
  return {
    assetKey,
    config,
    resources: definitions.resources,
    signal,
    log: { debug: log("DEBUG"), info: log("INFO"), warn: log("WARNING") },
  };
}

function notExecutable(what: string): Error {
  return new Error(
    `The definitions have no executable ${what}. They changed after the run was planned; reload the code location.`,
  );
}

/** @throws DefinitionsHostError `SNAPSHOT_CHANGED` */
function checkDigest({ digest }: StepRequest, spec: AssetSpec | AssetCheckSpec, what: string): void {
  if (digest === null || digest === executionDigest(spec)) return;
  throw new DefinitionsHostError({
    code: "SNAPSHOT_CHANGED",
    message: `The code of the ${what} changed after the run was planned.`,
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
