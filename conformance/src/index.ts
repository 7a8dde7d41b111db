/** What benchmarks and scripts use of the comparisons with software of others. */

export { endOfRun, launchAssets, runEvents } from "./dagster/dagster-runs.ts";
export { type RunningDagster, startDagster, withoutQueue } from "./dagster/start-dagster.ts";
export { ReferenceLoader, wholeOrganization } from "./dagster-sigma/load-case.ts";
export { ourEdgeSet, trueEdgeSet } from "./lineage-edges.ts";
export { buildScheduledCompany } from "./materialize/scheduled-company.ts";
export { conformanceFolder } from "./python/conformance-folder.ts";
export { pythonEnvironment } from "./python/python-environment.ts";
export { runProcess } from "./python/run-process.ts";
export { cacheFolder } from "./python/test-cache.ts";
export { locationVariables } from "./python-location/location-variables.ts";
export { sqlglotStatements } from "./sqlglot/sqlglot-statements.ts";
