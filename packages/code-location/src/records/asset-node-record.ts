import { type AssetNode, type FreshnessPolicy, kindTagPrefix } from "@dagster-sigma/asset-graph";
import { escapeReservedTags } from "../wire/escape-reserved-keys.ts";
import { enumMember, type WireRecord } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import type { AutomationPolicies } from "./automation-policies.ts";
import { metadataEntries } from "./metadata-record.ts";

/**
 * An external asset, which Dagster shows but does not materialize (dagster 1.13.27, `AssetNodeSnap`, on the wire
 * `ExternalAssetNode`). Omitted fields take Dagster's defaults.
 *
 * @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED`
 */
export function assetNodeRecord(
  { spec, upstream }: Pick<AssetNode, "spec" | "upstream">,
  policies: AutomationPolicies,
): WireRecord {
  const kinds = spec.kinds.map((kind) => [`${kindTagPrefix}${kind}`, ""] as const);
  return {
    __class__: "ExternalAssetNode",
    asset_key: assetKeyRecord(spec.key),
    dependencies: upstream.map((key) => ({
      __class__: "ExternalAssetDependency",
      upstream_asset_key: assetKeyRecord(key),
    })),
    // Dagster derives it from the dependencies; up to 1.11 the field is required.
    depended_by: [],
    // Without it Dagster would assume that a job materializes the asset.
    execution_type: enumMember("AssetExecutionType.UNEXECUTABLE"),
    is_source: true,
    // As in Python, an empty description is none.
    op_description: spec.description || null,
    group_name: spec.groupName,
    code_version: spec.codeVersion,
    ...(spec.freshnessPolicy === null
      ? {}
      : { new_freshness_policy: freshnessPolicyRecord(spec.freshnessPolicy) }),
    ...(spec.automationCondition === null
      ? {}
      : { auto_materialize_policy: policies.of(spec.key, spec.automationCondition) }),
    ...(spec.isVirtual ? { is_virtual: true } : {}),
    owners: spec.owners,
    tags: escapeReservedTags({ ...spec.tags, ...Object.fromEntries(kinds) }),
    metadata_entries: metadataEntries(spec.metadata),
  };
}

export function freshnessPolicyRecord({ failWindowSeconds, warnWindowSeconds }: FreshnessPolicy): WireRecord {
  return {
    __class__: "TimeWindowFreshnessPolicy",
    fail_window: timeDeltaRecord(failWindowSeconds),
    warn_window: warnWindowSeconds === null ? null : timeDeltaRecord(warnWindowSeconds),
  };
}

function timeDeltaRecord(seconds: number): WireRecord {
  return {
    __class__: "SerializableTimeDelta",
    days: Math.floor(seconds / 86_400),
    seconds: seconds % 86_400,
    microseconds: 0,
  };
}
