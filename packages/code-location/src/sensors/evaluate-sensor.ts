import type { Definitions } from "@dagster-sigma/asset-graph";
import { CodeLocationError } from "../errors.ts";
import { assetEventRecord } from "../records/asset-event-record.ts";
import { errorRecord } from "../records/error-record.ts";
import { toWireJson } from "../serdes/wire-json.ts";
import type { SensorRequest } from "./sensor-request.ts";

/** Dagster waits 60 s; what a sensor has found until then must still be sent. */
const timeLimitMs = 50_000;

/**
 * Evaluates a sensor; what comes back is for Dagster: what it found, or its error, with which the cursor stays where it
 * is.
 */
export async function evaluateSensor(definitions: Definitions, request: SensorRequest): Promise<string> {
  try {
    const sensor = definitions.sensors.find(({ name }) => name === request.name);
    if (sensor === undefined) {
      const message = `This code location has no sensor "${request.name}" any more.`;
      throw new CodeLocationError("SENSOR_UNKNOWN", message, "Reload the location on Dagster's page.");
    }
    const result = await sensor.evaluate({
      cursor: request.cursor,
      lastTickAt: request.lastTickAt === null ? null : new Date(request.lastTickAt * 1_000),
      definitions,
      signal: AbortSignal.timeout(timeLimitMs),
    });
    return toWireJson({
      __class__: "SensorExecutionData",
      run_requests: [],
      skip_message: result.skipMessage ?? null,
      cursor: result.cursor ?? request.cursor,
      pipeline_run_reactions: [],
      captured_log_key: null,
      dynamic_partitions_requests: [],
      asset_events: (result.assetEvents ?? []).map(assetEventRecord),
      automation_condition_evaluations: [],
    });
  } catch (thrown) {
    return sensorFailure(thrown);
  }
}

/** A tick that failed, with what Dagster shows of it. */
export function sensorFailure(thrown: unknown): string {
  return toWireJson({ __class__: "ExternalSensorExecutionErrorData", error: errorRecord(thrown) });
}
