import type { AssetDep } from "./asset-dep.ts";
import { AssetSpec } from "./asset-spec.ts";
import { isValidKind } from "./asset-spec-rules.ts";
import type { MetadataValue } from "./metadata-value.ts";

/** Dagster's mark for a stand-in: without it the stand-in hides the real asset of another code location. */
export const stubAssetLabel = "dagster/auto_created_stub_asset";

/** A unique name of the table behind an asset, for example `analytics.sales.orders`. */
export const tableNameLabel = "dagster/table_name";

/** The storage system that holds the table, for example `snowflake`. */
export const storageKindLabel = "dagster/storage_kind";

/**
 * The stand-in for an upstream asset that nothing here defines. It carries what the dependency knows of it: the table
 * name, the storage kind, and from them the kinds that Dagster shows a logo for.
 */
export function buildStubSpec(dep: AssetDep): AssetSpec {
  const kinds = [
    ...(dep.metadata[tableNameLabel] === undefined ? [] : ["table"]),
    ...textOf(dep.metadata[storageKindLabel]).filter(isValidKind),
  ];
  return new AssetSpec({ key: dep.assetKey, kinds, metadata: { ...dep.metadata, [stubAssetLabel]: true } });
}

function textOf(value: MetadataValue | undefined): readonly string[] {
  return value?.type === "text" ? [value.value] : [];
}
