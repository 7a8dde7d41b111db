import type { AssetDep } from "../assets/asset-dep.ts";
import { AssetSpec } from "../assets/asset-spec.ts";
import { isValidKind } from "../assets/asset-spec-rules.ts";
import { storageKindLabel, stubAssetLabel, tableNameLabel } from "../metadata/metadata-labels.ts";
import type { MetadataValue } from "../metadata/metadata-value.ts";
import { tableKind } from "../presentation/asset-kind.ts";

/**
 * The stub for an upstream asset that is not defined here. It gets the metadata of the dependency, and kinds derived from
 * it, for which Dagster shows a logo.
 */
export function buildStubSpec(dep: AssetDep): AssetSpec {
  const kinds = [
    ...(dep.metadata[tableNameLabel] === undefined ? [] : ["table"]),
    ...textOf(dep.metadata[storageKindLabel]).filter(isValidKind),
  ];
  return new AssetSpec({
    key: dep.assetKey,
    kinds,
    metadata: { ...dep.metadata, [stubAssetLabel]: true },
    presentation: { kind: tableKind, ...dep.presentation },
  });
}

function textOf(value: MetadataValue | undefined): readonly string[] {
  return value?.type === "text" ? [value.value] : [];
}
