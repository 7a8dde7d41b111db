/** Sigma organizations as Dagster asset specs: the resource, the filter, the translator, and what loads them. */

export type { SigmaColumn, SigmaColumnSource } from "./column-lineage/asset-columns.ts";
export { type DiagnosticCode, diagnosticKinds } from "./diagnostics/diagnostic-codes.ts";
export { SnapshotError, sigmaAssetsErrorCodes, TranslatorError } from "./errors.ts";
export type { FetchProgress } from "./fetch/fetch-context.ts";
export type {
  SigmaDataModel,
  SigmaDataset,
  SigmaTable,
  SigmaUpstream,
  SigmaWorkbook,
} from "./lineage/organization-objects.ts";
export {
  type FetchSigmaOptions,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  saveSigmaSnapshot,
} from "./load-sigma-asset-specs.ts";
export { SigmaFilter, type SigmaFilterOptions, type SigmaPath } from "./organization/sigma-filter.ts";
export { SigmaOrganization, type SigmaOrganizationOptions } from "./organization/sigma-organization.ts";
export { findTables, type TableName } from "./sql/find-tables.ts";
export { parseSqlDialect, type SqlDialect, sqlDialects } from "./sql/sql-dialect.ts";
export type { OrganizationState } from "./state/organization-state.ts";
export { type AssetSpecTransform, DagsterSigmaTranslator } from "./translate/dagster-sigma-translator.ts";
export type {
  SigmaDataModelTranslatorData,
  SigmaDatasetTranslatorData,
  SigmaOrganizationData,
  SigmaTranslatorData,
  SigmaWorkbookTranslatorData,
} from "./translate/translator-data.ts";
