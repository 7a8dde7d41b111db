/**
 * Dagster's asset model in TypeScript: asset keys, specs, metadata, definitions, and the graph that they form. Pure:
 * no network, no clock, no host access except for the environment variables referenced by an {@link EnvVar}.
 */

export {
  type AssetCheckExecution,
  type AssetCheckExecutionContext,
  AssetCheckResult,
} from "./assets/asset-check-execution.ts";
export { AssetCheckSpec } from "./assets/asset-check-spec.ts";
export { AssetDep, type CoercibleToAssetDep } from "./assets/asset-dep.ts";
export { AssetCheckEvaluation, AssetMaterialization, AssetObservation } from "./assets/asset-events.ts";
export {
  type AssetExecution,
  type AssetExecutionContext,
  MaterializeResult,
  type StepContext,
  type StepSettings,
} from "./assets/asset-execution.ts";
export {
  AssetSpec,
  type AssetSpecAttributes,
  type MergeableAttributes,
  mapAssetSpecs,
} from "./assets/asset-spec.ts";
export { isValidKind, isValidOwner } from "./assets/asset-spec-rules.ts";
export { FreshnessPolicy } from "./assets/freshness-policy.ts";
export type {
  AssetOrigin,
  LoadReport,
  LoadReporting,
  OriginObject,
  OutcomeCounts,
  TableMatch,
} from "./assets/load-report.ts";
export { isLoadReporting } from "./assets/load-report.ts";
export { AutomationCondition, type ChecksMatchOptions } from "./automation/automation-condition.ts";
export type {
  ChecksCondition,
  ConditionNode,
  DepsCondition,
  DepsSelection,
  PlainConditionType,
  RunTags,
  SelectedEntities,
} from "./automation/condition-node.ts";
export type { DepsSelectionOptions } from "./automation/deps-selection.ts";
export type { RunTagsOptions } from "./automation/run-tags.ts";
export { whenUpstreamRefreshed } from "./automation/when-upstream-refreshed.ts";
export type { DefinedAssets, Resources } from "./definitions/defined-assets.ts";
export { Definitions, type DefinitionsOptions } from "./definitions/definitions.ts";
export {
  type DescribedResource,
  isDescribedResource,
  type ResourceConfigValue,
  type ResourceDescription,
} from "./definitions/described-resource.ts";
export { EnvVar, EnvVarReference, resolveEnvVar } from "./definitions/env-var.ts";
export { problemsByAsset } from "./definitions/problems-by-asset.ts";
export {
  type SensorContext,
  SensorDefinition,
  type SensorOptions,
  type SensorResult,
} from "./definitions/sensor-definition.ts";
export type {
  AssetChange,
  AssetsDiff,
  DiffedAsset,
  DiffedBreak,
  RemovedAsset,
} from "./difference/describe-diff.ts";
export { diffAssets } from "./difference/diff-assets.ts";
export {
  AssetGraphError,
  assetGraphErrorCodes,
  InvalidAssetKeyError,
  InvalidAssetSpecError,
  InvalidMetadataError,
} from "./errors.ts";
export {
  type ConfigObjectSchema,
  type ConfigSchema,
  isConfigRequired,
} from "./execution/config-schema.ts";
export { checkOpName, opName } from "./execution/op-name.ts";
export { RetryRequested } from "./execution/retry-requested.ts";
export {
  type AssetJson,
  type AssetsJson,
  type AssetsJsonOptions,
  buildAssetsJson,
  type DepJson,
} from "./exports/assets-json.ts";
export { countProvenances, type ProvenanceCount } from "./exports/count-provenances.ts";
export { type MetadataJson, metadataToJson, type PipesMetadataType } from "./exports/metadata-json.ts";
export { AssetGraph, type AssetNode, type TraversalOptions } from "./graph/asset-graph.ts";
export { selectableGraph } from "./graph/asset-graph-selection.ts";
export { findCycle } from "./graph/find-cycle.ts";
export { type ResolvedPresentation, resolvePresentation } from "./graph/resolve-presentation.ts";
export { AssetKey, type CoercibleToAssetKey, compareAssetKeys } from "./keys/asset-key.ts";
export { cleanName } from "./keys/clean-name.ts";
export {
  columnLineageLabel,
  columnSchemaLabel,
  dataVersionTag,
  isDataVersionGivenTag,
  kindTagPrefix,
  rowCountLabel,
  storageKindLabel,
  stubAssetLabel,
  tableNameLabel,
} from "./metadata/metadata-labels.ts";
export {
  type CodeReference,
  type JsonValue,
  type MetadataType,
  MetadataValue,
  type MetadataValueByType,
  type TableCell,
  type TypedMetadataValue,
} from "./metadata/metadata-value.ts";
export type { Metadata, RawMetadata, RawMetadataValue } from "./metadata/normalize-metadata.ts";
export { TableColumnDep, TableColumnLineage } from "./metadata/table-column-lineage.ts";
export {
  TableColumn,
  type TableColumnConstraints,
  type TableColumnOptions,
  TableSchema,
  type TableSchemaOptions,
} from "./metadata/table-schema.ts";
export {
  type AssetIcon,
  type AssetKind,
  type AssetPresentation,
  assetIcons,
  compareKinds,
  otherKind,
  type PresentedSchedule,
  type PresentedStatement,
  tableKind,
} from "./presentation/index.ts";
export {
  mergeProvenances,
  type Provenance,
  type ProvenanceBasis,
  provenanceBases,
} from "./provenance/provenance.ts";
export {
  type CompletionOptions,
  completeSelection,
  describeSelection,
  evaluateSelection,
  formatSelection,
  parseSelection,
  type SelectableGraph,
  type SelectableNode,
  type SelectionCompletion,
  type SelectionCompletions,
  type SelectionExpectation,
  type SelectionExpression,
  type SelectionProblem,
  SelectionSyntaxError,
  type SelectionVocabulary,
  selectionVocabulary,
  suggestCase,
  type TextRange,
  type TraversalDepth,
  type ValueAttribute,
} from "./selection/index.ts";
