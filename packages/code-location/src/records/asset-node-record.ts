import { type AssetNode, type FreshnessPolicy, kindTagPrefix, opName } from "@dagster-sigma/asset-graph";
import { escapeReservedTags } from "../wire/escape-reserved-keys.ts";
import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import type { AutomationPolicies } from "./automation-policies.ts";
import { metadataEntries } from "./metadata-record.ts";
import { assetJob, assetOutput } from "./runnable-op.ts";

/**
 * An asset (dagster 1.13.27, `AssetNodeSnap`, on the wire `ExternalAssetNode`). Omitted fields take Dagster's defaults.
 *
 * @param hasRuns whether the location runs executable assets; otherwise all are external, which Dagster only shows
 * @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED`
 */
export function assetNodeRecord(
  { spec, upstream }: Pick<AssetNode, "spec" | "upstream">,
  policies: AutomationPolicies,
  hasRuns = false,
): WireRecord {
  const isRunnable = hasRuns && spec.execution !== null;
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
    execution_type: enumMember(`AssetExecutionType.${isRunnable ? "MATERIALIZATION" : "UNEXECUTABLE"}`),
    is_source: !isRunnable,
    ...(isRunnable ? opFields(opName(spec.key), spec.execution?.pool ?? null) : {}),
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

function opFields(op: string, pool: string | null): Readonly<Record<string, WireValue>> {
  return {
    job_names: [assetJob],
    op_name: op,
    op_names: [op],
    node_definition_name: op,
    output_name: assetOutput,
    ...(pool === null ? {} : { pools: { __set__: [pool] } }),
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
