/** Comparisons with software of others. */

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
export { type JudgedAsset, type JudgedSelection, SelectionJudge } from "./dagster/selection-judge.ts";
export { specsJson } from "./dagster/specs-json.ts";
export { type RunningDagster, startDagster, type WorkspaceLocation } from "./dagster/start-dagster.ts";
export { startAnswerServer } from "./dagster-sigma/answer-server.ts";
export { generatedCases } from "./dagster-sigma/cases.ts";
export { compareAssets } from "./dagster-sigma/compare-assets.ts";
export { withSandbox } from "./dagster-sigma/compare-case.ts";
export { compareCases } from "./dagster-sigma/compare-cases.ts";
export { differenceClasses } from "./dagster-sigma/difference-classes.ts";
export {
  loadOurs,
  ReferenceLoader,
  type ReferenceOutcome,
  wholeOrganization,
} from "./dagster-sigma/load-case.ts";
export { referenceSample } from "./dagster-sigma/reference-sample.ts";
export { compareWithDataHub, type LineageResult } from "./datahub/compare-with-datahub.ts";
export { DataHubJudge } from "./datahub/datahub-judge.ts";
export { dataHubDifferenceClasses } from "./datahub/difference-classes.ts";
export { judgeDbtProject } from "./dbt/dbt-judge.ts";
export { pythonEnvironment } from "./python/python-environment.ts";
export { cacheFolder } from "./python/test-cache.ts";
export { type FaultCase, faultCases } from "./reliability/fault-cases.ts";
export { hostileCases } from "./reliability/hostile/hostile-cases.ts";
export { HostileRunner } from "./reliability/hostile/run-hostile.ts";
export { type JudgedLoad, judgeLoad, type Loaded, loadUnder } from "./reliability/judge-load.ts";
export { killRefreshes } from "./reliability/kill-refresh.ts";
export { type MutatedRow, mutateRows } from "./reliability/odd-rows/mutate-rows.ts";
export { seededRandom } from "./reliability/seeded-random.ts";
export { soak } from "./reliability/soak.ts";
export { countExact } from "./sqlglot/sql-judge.ts";
export { type JudgedStatement, sqlglotStatements } from "./sqlglot/sqlglot-statements.ts";
