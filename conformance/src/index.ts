/** Comparisons with software of others. */

export { CastorJudge } from "./castor/castor-judge.ts";
export {
  type CastorResult,
  castorDifferenceClasses,
  compareWithCastor,
} from "./castor/compare-with-castor.ts";
export { type ContainerImage, readDockerfile } from "./containers/read-dockerfile.ts";
export {
  type EventEntries,
  materializationEvents,
  materializations,
  observations,
  observedAssets,
  type SensorTick,
  sensorTicks,
} from "./dagster/asset-events.ts";
export {
  type LocationStatus,
  locationStatuses,
  type ShownAsset,
  shownAssets,
} from "./dagster/asset-nodes.ts";
export {
  automationCases,
  type ComparedCondition,
  comparedConditions,
  evaluateCases,
  requestedTicks,
} from "./dagster/automation-cases.ts";
export { automationExpressions } from "./dagster/automation-expressions.ts";
export { AutomationJudge } from "./dagster/automation-judge.ts";
export { cronSchedules } from "./dagster/cron-schedules.ts";
export {
  endOfRun,
  type Launch,
  launchAssets,
  launchSeveral,
  type RunEvent,
  runEvents,
  runIds,
  runStatus,
  runTags,
  terminateRun,
} from "./dagster/dagster-runs.ts";
export { everyKindOfSpec } from "./dagster/every-kind-of-spec.ts";
export { DagsterGrpcClient } from "./dagster/grpc-client.ts";
export { type HostJudgement, judgeHost } from "./dagster/judge-host.ts";
export { sampleSpecs } from "./dagster/sample-specs.ts";
export { type JudgedAsset, type JudgedSelection, SelectionJudge } from "./dagster/selection-judge.ts";
export { serializedCondition } from "./dagster/serialized-condition.ts";
export { specsJson } from "./dagster/specs-json.ts";
export {
  postgresYaml,
  type RunningDagster,
  startDagster,
  type WorkspaceLocation,
} from "./dagster/start-dagster.ts";
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
export { type KnownProblems, readKnownProblems } from "./known-problems.ts";
export { ourEdgeSet, trueEdgeSet } from "./lineage-edges.ts";
export { compareMaterializations } from "./materialize/compare-materializations.ts";
export { materializeCases } from "./materialize/materialize-cases.ts";
export { ReferenceMaterializer } from "./materialize/reference-materializer.ts";
export { buildScheduledCompany } from "./materialize/scheduled-company.ts";
export { conformanceFolder } from "./python/conformance-folder.ts";
export { pythonEnvironment } from "./python/python-environment.ts";
export { type ProcessResult, runProcess } from "./python/run-process.ts";
export { cacheFolder } from "./python/test-cache.ts";
export { createDgProject, type DgProject } from "./python-location/dg-project.ts";
export { locationVariables } from "./python-location/location-variables.ts";
export {
  type LocationVersion,
  locationEnvironment,
  locationVersions,
} from "./python-location/location-versions.ts";
export { damageFiles } from "./reliability/damage-files.ts";
export { type FaultCase, faultCases } from "./reliability/fault-cases.ts";
export { hostileCases } from "./reliability/hostile/hostile-cases.ts";
export { HostileRunner } from "./reliability/hostile/run-hostile.ts";
export { type JudgedLoad, judgeLoad, type Loaded, loadUnder } from "./reliability/judge-load.ts";
export { storedReports } from "./reliability/judge-reports.ts";
export { type KilledReports, killWhileReporting } from "./reliability/kill-dagster.ts";
export { killRefreshes } from "./reliability/kill-refresh.ts";
export { type MutatedRow, mutateRows } from "./reliability/odd-rows/mutate-rows.ts";
export { seededRandom } from "./reliability/seeded-random.ts";
export { soak } from "./reliability/soak.ts";
export { problemsOfShape } from "./shapes/judge-shape.ts";
export { countExact } from "./sqlglot/sql-judge.ts";
export { type JudgedStatement, sqlglotStatements } from "./sqlglot/sqlglot-statements.ts";
export { VendorTypes } from "./vendor-types/answer-type.ts";
export { clientCalls } from "./vendor-types/client-calls.ts";
export { documentedLosses, formsOfRoutes, loadForms } from "./vendor-types/load-forms.ts";
export { documentedRoutes } from "./vendor-types/newer-documentation.ts";
export { listStylesOf, type RowForm, rowFormsOf } from "./vendor-types/row-forms.ts";
