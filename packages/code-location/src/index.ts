/**
 * Serves definitions to a real Dagster, as a code location without Python:
 *
 *     const source = createStaticDefinitionsSource(definitions, codeLocationOutlet(hostFeatures("1.13")));
 *     const location = await startCodeLocation({ source, port: 4000 });
 */

export { codeLocationOutlet } from "./code-location-outlet.ts";
export { dropUnsupported } from "./dagster-version/drop-unsupported.ts";
export {
  type DagsterVersion,
  defaultDagsterVersion,
  type HostFeatures,
  hostFeatures,
} from "./dagster-version/host-features.ts";
export { codeLocationErrorCodes } from "./errors.ts";
export type { RunOrigin } from "./records/run-origin.ts";
export type { RunsOptions } from "./repository/encode-runs.ts";
export type { EncodedRepository } from "./repository/encoded-repository.ts";
export { PythonRunWorker, type PythonRunWorkerOptions } from "./runs/python-run-worker.ts";
export type { RunToStart, RunWorker, ServedAddress } from "./runs/run-worker.ts";
export {
  type CodeLocation,
  type CodeLocationOptions,
  startCodeLocation,
} from "./server/start-code-location.ts";
