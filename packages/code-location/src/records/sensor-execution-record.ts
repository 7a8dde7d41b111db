import type { SensorResult } from "@dagster-sigma/asset-graph";
import type { Failure, SensorRequest } from "@dagster-sigma/definitions-host";
import type { WireRecord } from "../wire/wire-record.ts";
import { assetEventRecord } from "./asset-event-record.ts";
import { errorRecord } from "./error-record.ts";

/** The result of a sensor evaluation (dagster 1.13.27, `SensorExecutionData`). */
export function sensorExecutionRecord(result: SensorResult, request: SensorRequest): WireRecord {
  return {
    __class__: "SensorExecutionData",
    run_requests: [],
    skip_message: result.skipMessage ?? null,
    cursor: result.cursor ?? request.cursor,
    pipeline_run_reactions: [],
    captured_log_key: null,
    dynamic_partitions_requests: [],
    asset_events: (result.assetEvents ?? []).map(assetEventRecord),
    automation_condition_evaluations: [],
  };
}

/** A failed tick; the cursor does not change. */
export function sensorErrorRecord(failure: Failure): WireRecord {
  return { __class__: "ExternalSensorExecutionErrorData", error: errorRecord(failure) };
}
