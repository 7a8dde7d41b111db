import type { SensorDefinition } from "@dagster-sigma/asset-graph";
import { escapeReservedTags } from "../wire/escape-reserved-keys.ts";
import { enumMember, type WireRecord } from "../wire/wire-record.ts";
import { metadataByLabel } from "./metadata-record.ts";

/** A sensor that launches no runs (dagster 1.13.27, `SensorSnap`, on the wire `ExternalSensorData`). */
export function sensorRecord(sensor: SensorDefinition): WireRecord {
  return {
    __class__: "ExternalSensorData",
    name: sensor.name,
    target_dict: {},
    min_interval: Math.max(1, Math.round(sensor.minimumIntervalSeconds)),
    description: sensor.description,
    default_status: enumMember(`DefaultSensorStatus.${sensor.defaultStatus.toUpperCase()}`),
    sensor_type: enumMember("SensorType.STANDARD"),
    tags: escapeReservedTags(sensor.tags),
    run_tags: {},
    asset_selection: null,
    metadata: {
      __class__: "ExternalSensorMetadata",
      asset_keys: null,
      standard_metadata: metadataByLabel(sensor.metadata),
    },
  };
}
