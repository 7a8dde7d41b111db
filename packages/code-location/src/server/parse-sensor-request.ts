import type { SensorRequest } from "@dagster-sigma/definitions-host";
import { CodeLocationError } from "../errors.ts";
import { repositoryName } from "../records/repository-records.ts";
import type { TickLog } from "../runs/run-worker.ts";

/**
 * Parses a serialized `SensorExecutionArgs`. All other fields are ignored: they may contain the password of Dagster's
 * own database.
 *
 * @throws CodeLocationError `REQUEST_INVALID`; the message does not quote the request
 */
export function parseSensorRequest(serialized: string): SensorRequest {
  const {
    sensor_name: name,
    cursor = null,
    last_tick_completion_time: lastTickAt = null,
  } = parseObject(serialized);
  if (typeof name !== "string" || name === "") throw invalid("names no sensor");
  if (cursor !== null && typeof cursor !== "string") throw invalid("has a cursor that is not a string");
  if (lastTickAt !== null && typeof lastTickAt !== "number") throw invalid("has a time that is not a number");
  return { name, cursor, lastTickAt };
}

/** Where the log of the tick of a serialized `SensorExecutionArgs` is kept; null if Dagster keeps none. */
export function parseTick(serialized: string): Omit<TickLog, "lines"> | null {
  const { instance_ref: instanceRef, log_key: logKey, sensor_name: sensor } = parseObject(serialized);
  if (instanceRef == null || !Array.isArray(logKey) || logKey.length === 0) return null;
  return {
    instanceRef,
    logKey: logKey.map(String),
    repository: repositoryName,
    sensor: String(sensor),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The message of `JSON.parse` would quote the text.
    throw invalid("cannot be parsed");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw invalid("is not an object");
  return parsed as Readonly<Record<string, unknown>>;
}

function invalid(what: string): CodeLocationError {
  return new CodeLocationError("REQUEST_INVALID", `Dagster's sensor request ${what}.`);
}
