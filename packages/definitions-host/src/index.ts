/**
 * Runs the code that defines assets, for any outlet: loads it in a worker thread, reloads it by a single policy,
 * evaluates its sensors within time limits, and passes on what the outlet encoded.
 */

export type { DefinitionsModule, SignsOfLife } from "./definitions-module.ts";
export type { DefinitionsSource, LoadResult, SensorOutcome, SourceState } from "./definitions-source.ts";
export { DefinitionsHostError, definitionsHostErrorCodes } from "./errors.ts";
export { evaluateSensor } from "./evaluate-sensor.ts";
export {
  type CodePlace,
  codeExcerpt,
  findCodePlace,
  formatCodePlace,
  type UserCode,
} from "./failure/code-place.ts";
export { describeFailure } from "./failure/describe-failure.ts";
export { type Failure, failureText } from "./failure/failure.ts";
export {
  createStaticDefinitionsSource,
  type InProcessDefinitionsOptions,
  InProcessDefinitionsSource,
} from "./in-process-definitions-source.ts";
export { createOutlet, type Outlet, type OutletEncoder } from "./outlet.ts";
export { loadTimeoutVariable, parseLoadTimeout } from "./reload/load-timeout.ts";
export { executionDigest } from "./run/execution-digest.ts";
export { closedMessage, openedMessage, type PipesMessage } from "./run/pipes-message.ts";
export { type PipesProcess, pipesProcess } from "./run/pipes-process.ts";
export { runStep, type StepOptions } from "./run/run-step.ts";
export { StepTerminated, serveSteps } from "./run/serve-steps.ts";
export { parseStepRequest, type StepRequest } from "./run/step-request.ts";
export type { SensorLogLine, SensorRequest } from "./sensor-request.ts";
export { sourceFiles, type WatchedDefinitions, watchDefinitions } from "./watch/watch-definitions.ts";
export { fileVersion, stateFilesOf } from "./worker/file-version.ts";
export {
  type WorkerDefinitionsOptions,
  WorkerDefinitionsSource,
} from "./worker/worker-definitions-source.ts";
