import type { AssetCheckSpec } from "@dagster-sigma/asset-graph";
import type { WireRecord } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";

/** A check that no job of this location executes (dagster 1.13.27, `AssetCheckNodeSnap`). */
export function assetCheckRecord({ name, assetKey, description, blocking }: AssetCheckSpec): WireRecord {
  return {
    __class__: "ExternalAssetCheck",
    name,
    asset_key: assetKeyRecord(assetKey),
    description,
    blocking,
    job_names: [],
  };
}
