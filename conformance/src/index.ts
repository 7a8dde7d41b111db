/** Judges that this project did not write, run beside it. */
export { startAnswerServer } from "./answer-server.ts";
export { generatedCases } from "./cases.ts";
export { compareAssets } from "./compare-assets.ts";
export {
  type LocationStatus,
  locationStatuses,
  type ShownAsset,
  shownAssets,
} from "./dagster/asset-nodes.ts";
export { everyKindOfSpec } from "./dagster/every-kind-of-spec.ts";
export { DagsterGrpcClient } from "./dagster/grpc-client.ts";
export { type HostJudgement, judgeHost } from "./dagster/judge-host.ts";
export { sampleSpecs } from "./dagster/sample-specs.ts";
export { specsJson } from "./dagster/specs-json.ts";
export { type RunningDagster, startDagster, type WorkspaceLocation } from "./dagster/start-dagster.ts";
export { dataHubDifferenceClasses } from "./datahub-difference-classes.ts";
export { DataHubJudge } from "./datahub-judge.ts";
export { judgeDbtProject } from "./dbt-judge.ts";
export { differenceClasses } from "./difference-classes.ts";
export { judgeByDataHub, type LineageResult } from "./judge-by-datahub.ts";
export { loadOurs, ReferenceLoader, type ReferenceOutcome, wholeOrganization } from "./load-case.ts";
export { pythonEnvironment } from "./python-environment.ts";
export { referenceSample } from "./reference-sample.ts";
export { type FaultCase, faultCases } from "./reliability/fault-cases.ts";
export { type JudgedLoad, judgeLoad, type Loaded, loadUnder } from "./reliability/judge-load.ts";
export { killRefreshes } from "./reliability/kill-refresh.ts";
export { soak } from "./reliability/soak.ts";
export { withSandbox } from "./run-case.ts";
export { runConformance } from "./run-conformance.ts";
export { type JudgedAsset, type JudgedSelection, SelectionJudge } from "./selection-judge.ts";
export { countExact } from "./sql-judge.ts";
export { type JudgedStatement, sqlglotStatements } from "./sqlglot-statements.ts";
export { cacheFolder } from "./test-cache.ts";
