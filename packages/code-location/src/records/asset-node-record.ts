import { type AssetNode, kindTagPrefix } from "@dagster-sigma/asset-graph";
import { withHarmlessKeys } from "../serdes/harmless-keys.ts";
import { enumMember, type WireRecord } from "../serdes/wire-value.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import { metadataEntries } from "./metadata-record.ts";

/**
 * An asset that Dagster shows and watches, and does not make (dagster 1.13.27, `AssetNodeSnap`, on the wire
 * `ExternalAssetNode`). What is left out takes Dagster's default.
 */
export function assetNodeRecord({ spec, upstream }: Pick<AssetNode, "spec" | "upstream">): WireRecord {
  const kinds = spec.kinds.map((kind) => [`${kindTagPrefix}${kind}`, ""] as const);
  return {
    __class__: "ExternalAssetNode",
    asset_key: assetKeyRecord(spec.key),
    dependencies: upstream.map((key) => ({
      __class__: "ExternalAssetDependency",
      upstream_asset_key: assetKeyRecord(key),
    })),
    // Without it Dagster would take it for one that a job makes.
    execution_type: enumMember("AssetExecutionType.UNEXECUTABLE"),
    is_source: true,
    // As Python does: an empty one is none.
    op_description: spec.description || null,
    group_name: spec.groupName,
    code_version: spec.codeVersion,
    owners: spec.owners,
    tags: withHarmlessKeys({ ...spec.tags, ...Object.fromEntries(kinds) }),
    metadata_entries: metadataEntries(spec.metadata),
  };
}
