import type { SensorResult } from "@dagster-sigma/asset-graph";
import type { SensorRequest } from "@dagster-sigma/definitions-host";
import { CodeLocationError } from "../errors.ts";
import { sensorExecutionRecord } from "../records/sensor-execution-record.ts";
import { toWireJson } from "../wire/wire-json.ts";

/** Dagster accepts messages of this size; otherwise it would show a gRPC error without a cause. */
const maxResultBytes = 100_000_000;

/** @throws CodeLocationError `SENSOR_RESULT_TOO_LARGE` */
export function encodeSensorResult(result: SensorResult, request: SensorRequest): string {
  const cursorBytes = Buffer.byteLength(result.cursor ?? request.cursor ?? "");
  // A text above V8's limit cannot be created.
  const encoded = cursorBytes > maxResultBytes ? null : encodeOrNull(result, request);
  const bytes = encoded === null ? cursorBytes : Buffer.byteLength(encoded);
  if (encoded !== null && bytes <= maxResultBytes) return encoded;
  const events = result.assetEvents?.length ?? 0;
  throw new CodeLocationError(
    "SENSOR_RESULT_TOO_LARGE",
    `The sensor "${request.name}" returned ${megabytes(bytes)}, and Dagster accepts ${megabytes(maxResultBytes)}: its cursor has ${megabytes(cursorBytes)}, the rest are ${events} events.`,
    "Keep the cursor small, Dagster stores it with each evaluation, and report the other events in the next evaluations.",
  );
}

function encodeOrNull(result: SensorResult, request: SensorRequest): string | null {
  try {
    return toWireJson(sensorExecutionRecord(result, request));
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
