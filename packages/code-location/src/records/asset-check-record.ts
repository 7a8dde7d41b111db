import type { AssetCheckSpec } from "@dagster-sigma/asset-graph";
import type { WireRecord } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import { assetJob } from "./runnable-op.ts";

/**
 * A check (dagster 1.13.27, `AssetCheckNodeSnap`).
 *
 * @param isExecuted whether a run of its asset returns its result
 */
export function assetCheckRecord(
  { name, assetKey, description, blocking }: AssetCheckSpec,
  isExecuted = false,
): WireRecord {
  return {
    __class__: "ExternalAssetCheck",
    name,
    asset_key: assetKeyRecord(assetKey),
    description,
    blocking,
    job_names: isExecuted ? [assetJob] : [],
  };
}
