/**
 * Dagster's asset model in TypeScript: asset keys, specs, metadata, definitions, and the graph they form. Pure: no
 * network, no clock, nothing of the host but the environment variables that an {@link EnvVar} names.
 */

export { AssetCheckSpec } from "./asset-check-spec.ts";
export { AssetDep, type CoercibleToAssetDep } from "./asset-dep.ts";
export { AssetCheckEvaluation, AssetMaterialization, AssetObservation } from "./asset-events.ts";
export { AssetGraph, type AssetNode, type TraversalOptions } from "./asset-graph.ts";
export { AssetKey, type CoercibleToAssetKey, compareAssetKeys } from "./asset-key.ts";
export {
  AssetSpec,
  type AssetSpecAttributes,
  type MergeableAttributes,
  mapAssetSpecs,
} from "./asset-spec.ts";
export { isValidKind, isValidOwner } from "./asset-spec-rules.ts";
export { cleanName } from "./clean-name.ts";
export { Definitions, type DefinitionsOptions, type Resources } from "./definitions.ts";
export { type AssetChange, type AssetsDiff, type DiffedAsset, diffAssets } from "./difference/diff-assets.ts";
export { EnvVar, type EnvVarReference, resolveEnvVar } from "./env-var.ts";
export {
  AssetGraphError,
  assetGraphErrorCodes,
  InvalidAssetKeyError,
  InvalidAssetSpecError,
  InvalidMetadataError,
} from "./errors.ts";
export {
  type AssetJson,
  type AssetsJson,
  type AssetsJsonOptions,
  buildAssetsJson,
} from "./exports/assets-json.ts";
export { type MetadataJson, metadataToJson, type PipesMetadataType } from "./exports/metadata-json.ts";
export { findCycle } from "./find-cycle.ts";
export { FreshnessPolicy } from "./freshness-policy.ts";
export {
  buildColumnData,
  type ColumnData,
  ColumnIndex,
  type ColumnPlace,
  edgesOf,
  GraphIndex,
} from "./graph-index/index.ts";
export {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type ImpactedAsset,
  type ImpactGraph,
  type ImpactGraphAsset,
  type IndexedDefinitions,
  impactCsv,
  impactMarkdown,
  indexDefinitions,
} from "./impact/index.ts";
export type {
  AssetOrigin,
  LoadReport,
  LoadReporting,
  OriginObject,
  OutcomeCounts,
  TableMatch,
} from "./load-report.ts";
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
} from "./metadata-labels.ts";
export {
  type CodeReference,
  type JsonValue,
  type MetadataType,
  MetadataValue,
  type MetadataValueByType,
  type TableCell,
  type TypedMetadataValue,
} from "./metadata-value.ts";
export type { Metadata, RawMetadata, RawMetadataValue } from "./normalize-metadata.ts";
export {
  type AssetIcon,
  type AssetKind,
  type AssetPresentation,
  assetIcons,
  compareKinds,
  otherKind,
  type PresentedSchedule,
  type PresentedStatement,
  type ResolvedPresentation,
  resolvePresentation,
  tableKind,
} from "./presentation/index.ts";
export {
  type CompletionOptions,
  completeSelection,
  evaluateSelection,
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
  selectableGraph,
  selectionVocabulary,
  suggestCase,
  type TextRange,
  type TraversalDepth,
  type ValueAttribute,
} from "./selection/index.ts";
export {
  type SensorContext,
  SensorDefinition,
  type SensorOptions,
  type SensorResult,
} from "./sensor-definition.ts";
export { TableColumnDep, TableColumnLineage } from "./table-column-lineage.ts";
export {
  TableColumn,
  type TableColumnConstraints,
  type TableColumnOptions,
  TableSchema,
  type TableSchemaOptions,
} from "./table-schema.ts";
