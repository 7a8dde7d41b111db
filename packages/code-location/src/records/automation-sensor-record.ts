import { MetadataValue } from "@dagster-sigma/asset-graph";
import { enumMember, type WireRecord } from "../wire/wire-record.ts";
import { metadataByLabel } from "./metadata-record.ts";

/**
 * The sensor that Python locations have if an asset that Dagster can materialize has an automation condition; without
 * one, Dagster's daemon would not evaluate conditions. The daemon evaluates it itself; a user starts it in the web UI.
 *
 * @param assetNodes the assets of the location
 */
export function automationSensorRecords(assetNodes: readonly WireRecord[]): readonly WireRecord[] {
  return assetNodes.some(isAutomated) ? [sensor] : [];
}

function isAutomated({ auto_materialize_policy: policy, is_source: isSource }: WireRecord): boolean {
  return policy !== undefined && isSource !== true;
}

/** The job to which assets belong that Dagster can materialize. */
const assetJob = "__ASSET_JOB";

const sensor: WireRecord = {
  __class__: "ExternalSensorData",
  asset_selection: { __class__: "AllSelection", include_sources: false },
  description: null,
  metadata: {
    __class__: "ExternalSensorMetadata",
    asset_keys: null,
    standard_metadata: metadataByLabel({ "dagster/emit_backfills": MetadataValue.bool(true) }),
  },
  min_interval: 30,
  mode: null,
  name: "default_automation_condition_sensor",
  pipeline_name: null,
  run_tags: {},
  sensor_type: enumMember("SensorType.AUTO_MATERIALIZE"),
  solid_selection: null,
  tags: {},
  target_dict: {
    [assetJob]: {
      __class__: "ExternalTargetData",
      mode: "default",
      pipeline_name: assetJob,
      solid_selection: null,
    },
  },
};
