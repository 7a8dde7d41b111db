/** Sigma organizations as Dagster asset specs: the resource, the filter, the translator, and what loads them. */

export { type AssetChange, type AssetsDiff, type DiffedAsset, diffAssets } from "@dagster-sigma/asset-graph";
export {
  parseSqlDialect,
  readTables as findTables,
  type SqlDialect,
  sqlDialects,
  type TableName,
} from "@dagster-sigma/sql-lineage/tables";
export type { SigmaColumn, SigmaColumnSource } from "./column-lineage/asset-columns.ts";
export { type DiagnosticCode, diagnosticKinds } from "./diagnostics/diagnostic-codes.ts";
export {
  SnapshotError,
  StateError,
  sigmaAssetsErrorCodes,
  TranslatorError,
  UpstreamError,
} from "./errors.ts";
export type { FetchProgress } from "./fetch/fetch-context.ts";
export type { ConnectionDefaults } from "./lineage/complete-path.ts";
export type {
  SigmaDataModel,
  SigmaDataModelElement,
  SigmaDataset,
  SigmaTable,
  SigmaUpstream,
  SigmaWorkbook,
} from "./lineage/organization-objects.ts";
export { type LoadEnvironment, loadEnvironment, withLoadEnvironment } from "./load-environment.ts";
export type { FetchSigmaOptions, LoadSigmaAssetSpecsOptions } from "./load-options.ts";
export { loadSigmaAssetSpecs, saveSigmaSnapshot } from "./load-sigma-asset-specs.ts";
export { generatingSnapshotVariable, type LoadVariables, readLoadVariables } from "./load-variables.ts";
export {
  SigmaFilter,
  type SigmaFilterOptions,
  type SigmaPath,
} from "./organization/sigma-filter.ts";
export { SigmaOrganization, type SigmaOrganizationOptions } from "./organization/sigma-organization.ts";
export type { SigmaPattern } from "./organization/sigma-pattern.ts";
export { type SigmaActivitySensorOptions, sigmaActivitySensor } from "./sensors/sigma-activity-sensor.ts";
export {
  noArchivedUpstream,
  noBrokenColumns,
  notStaleFor,
  noUnresolvedSources,
  type SigmaAssetChecksOptions,
  type SigmaCheck,
  type SigmaCheckAnswer,
  type SigmaCheckContext,
  sigmaAssetChecks,
} from "./sensors/sigma-asset-checks.ts";
export { objectId } from "./state/object-id.ts";
export type { OrganizationState } from "./state/organization-state.ts";
export { type AssetSpecTransform, DagsterSigmaTranslator } from "./translate/dagster-sigma-translator.ts";
export type { KeyStrategy } from "./translate/default-keys.ts";
export type { OwnerRule } from "./translate/owner-rules.ts";
export type {
  SigmaDataModelElementTranslatorData,
  SigmaDataModelTranslatorData,
  SigmaDatasetTranslatorData,
  SigmaOrganizationData,
  SigmaTranslatorData,
  SigmaWorkbookTranslatorData,
} from "./translate/translator-data.ts";
export type { LoadedUpstream, UpstreamTable } from "./translate/upstream-tables.ts";
export { type DagsterInstanceOptions, dagsterInstance } from "./upstream/dagster-instance.ts";
export { type DbtManifestOptions, type DbtNode, dbtManifest } from "./upstream/dbt-manifest.ts";
export { explicitMap } from "./upstream/explicit-map.ts";
export { tableName } from "./upstream/table-name.ts";
export type { UpstreamMatcher } from "./upstream/upstream-matcher.ts";
