/** What the Python module `dagster_typescript` reads. It needs no gRPC, which takes long to load. */

export { type DagsterVersion, type HostFeatures, hostFeatures } from "./dagster-version/host-features.ts";
export { pythonDefinitionsJson, unreportedChecks } from "./python-definitions/python-definitions.ts";
export { runSensor } from "./server/run-sensor.ts";
