/** Sigma organizations as Dagster asset specs: the resource, the filter, the translator and the loader. */

export {
  type AssetChange,
  type AssetsDiff,
  type DiffedAsset,
  type DiffedBreak,
  diffAssets,
} from "@dagster-sigma/asset-graph";
export {
  parseSqlDialect,
  readTables as findTables,
  type SqlDialect,
  sqlDialects,
  type TableName,
} from "@dagster-sigma/sql-lineage/tables";
export type { SigmaColumn, SigmaColumnSource } from "./derive/columns/sigma-column.ts";
export { type DiagnosticCode, diagnosticKinds } from "./derive/diagnostics/diagnostic-codes.ts";
export type { ConnectionDefaults } from "./derive/lineage/complete-path.ts";
export type { SigmaTable } from "./derive/lineage/sigma-table.ts";
export type { SigmaUpstream } from "./derive/lineage/sigma-upstream.ts";
export type {
  SigmaDataModel,
  SigmaDataModelElement,
  SigmaDataset,
  SigmaWorkbook,
} from "./derive/objects/organization-objects.ts";
export {
  type AssetSpecTransform,
  DagsterSigmaTranslator,
} from "./derive/translate/dagster-sigma-translator.ts";
export type { KeyStrategy } from "./derive/translate/default-keys.ts";
export type { OwnerRule } from "./derive/translate/owner-rules.ts";
export { sigmaLabels } from "./derive/translate/sigma-labels.ts";
export type {
  SigmaDataModelElementTranslatorData,
  SigmaDataModelTranslatorData,
  SigmaDatasetTranslatorData,
  SigmaOrganizationData,
  SigmaTranslatorData,
  SigmaWorkbookTranslatorData,
} from "./derive/translate/translator-data.ts";
export type { FetchProgress } from "./environment/fetch-progress.ts";
export {
  type EarlierLoad,
  type LoadEnvironment,
  loadEnvironment,
  withLoadEnvironment,
} from "./environment/load-environment.ts";
export {
  generatingSnapshotVariable,
  type LoadVariables,
  readLoadVariables,
} from "./environment/load-variables.ts";
export {
  MaterializeError,
  SnapshotError,
  StateError,
  sigmaAssetsErrorCodes,
  TranslatorError,
  UpstreamError,
} from "./errors.ts";
export { type EarlierState, findEarlierStates } from "./fetch/store/earlier-states.ts";
export { isStateFile } from "./fetch/store/snapshot-file.ts";
export { type DagsterInstanceOptions, dagsterInstance } from "./fetch/table-matchers/dagster-instance.ts";
export {
  type DbtManifestOptions,
  type DbtNode,
  type DbtTables,
  dbtManifest,
  readDbtTables,
} from "./fetch/table-matchers/dbt-manifest.ts";
export {
  type DbtColumn,
  type DbtRelation,
  type DbtRelations,
  readDbtRelations,
} from "./fetch/table-matchers/dbt-relations.ts";
export { explicitMap } from "./fetch/table-matchers/explicit-map.ts";
export { tableName } from "./fetch/table-matchers/match-by-table-name.ts";
export { TableIndex } from "./fetch/table-matchers/table-index.ts";
export type { UpstreamMatcher } from "./fetch/table-matchers/upstream-matcher.ts";
export {
  SigmaFilter,
  type SigmaFilterOptions,
  type SigmaPath,
} from "./filter/sigma-filter.ts";
export type { SigmaPattern } from "./filter/sigma-pattern.ts";
export type { FetchSigmaOptions, LoadSigmaAssetSpecsOptions } from "./load/load-options.ts";
export { loadSigmaAssetSpecs, saveSigmaSnapshot } from "./load/load-sigma-asset-specs.ts";
export type { SigmaMaterializable } from "./materialize/attach-executions.ts";
export {
  buildMaterializeAsset,
  buildMaterializeWorkbookAssetsDefinition,
  type MaterializeAssetOptions,
} from "./materialize/build-materialize-asset.ts";
export type { MaterializeDocumentResult, MaterializeOutcome } from "./materialize/document-result.ts";
export { materializationMetadata } from "./materialize/materialization-metadata.ts";
export { materializeDocument } from "./materialize/materialize-document.ts";
export type {
  MaterializeOptions,
  MaterializeProgress,
  RunMaterializationsOptions,
} from "./materialize/materialize-options.ts";
export { describeTarget, type MaterializeTarget } from "./materialize/materialize-target.ts";
export { type MaterializationPlan, planMaterialization } from "./materialize/plan-materialization.ts";
export { runMaterializations } from "./materialize/run-materializations.ts";
export { type ScheduledSheet, sheetName } from "./materialize/scheduled-sheet.ts";
export type { SheetOutcome, SheetProblem, SheetResult } from "./materialize/sheet-result.ts";
export { type ExecutionOptions, SigmaExecution } from "./materialize/sigma-execution.ts";
export { type AssetTarget, targetOfAsset } from "./materialize/target-of-asset.ts";
export { SigmaOrganization, type SigmaOrganizationOptions } from "./organization/sigma-organization.ts";
export { type SigmaActivitySensorOptions, sigmaActivitySensor } from "./sensors/sigma-activity-sensor.ts";
export {
  noArchivedUpstream,
  noBrokenColumns,
  notStaleFor,
  noUnresolvedSources,
  type SigmaAssetChecksOptions,
  sigmaAssetChecks,
} from "./sensors/sigma-asset-checks.ts";
export type { SigmaCheck, SigmaCheckAnswer, SigmaCheckContext } from "./sensors/sigma-check.ts";
export type { LoadedUpstream, UpstreamTable } from "./state/loaded-upstream.ts";
export { objectId } from "./state/object-id.ts";
export type { OrganizationState } from "./state/organization-state.ts";
