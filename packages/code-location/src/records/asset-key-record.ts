import type { AssetKey } from "@dagster-sigma/asset-graph";
import type { WireRecord } from "../wire/wire-record.ts";

export function assetKeyRecord({ path }: AssetKey): WireRecord {
  return { __class__: "AssetKey", path };
}
