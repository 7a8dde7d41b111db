import type { Definitions } from "@dagster-sigma/asset-graph";
import type { SensorOutcome } from "./definitions-source.ts";
import { DefinitionsHostError } from "./errors.ts";
import type { UserCode } from "./failure/code-place.ts";
import { describeFailure } from "./failure/describe-failure.ts";
import type { OutletEncoder } from "./outlet.ts";
import type { SensorRequest } from "./sensor-request.ts";

/** Dagster waits 60 s; the rest is reserved for sending the result after the signal is aborted. */
export const sensorTimeoutMs = 50_000;

/**
 * Evaluates a sensor in this thread. Never rejects.
 *
 * @param definitions null if none are loaded
 */
export async function evaluateSensor(
  definitions: Definitions | null,
  request: SensorRequest,
  {
    encodeSensorResult,
  }: { readonly encodeSensorResult?: OutletEncoder<unknown, never>["encodeSensorResult"] },
  {
    userCode = null,
    timeoutMs = sensorTimeoutMs,
  }: { readonly userCode?: UserCode | null; readonly timeoutMs?: number } = {},
): Promise<SensorOutcome> {
  try {
    const sensor = definitions?.sensors.find(({ name }) => name === request.name);
    if (definitions === null || sensor === undefined || encodeSensorResult === undefined)
      throw unknownSensor(request.name);
    const result = await sensor.evaluate({
      cursor: request.cursor,
      lastTickAt: request.lastTickAt === null ? null : new Date(request.lastTickAt * 1_000),
      definitions,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { type: "result", encoded: encodeSensorResult(result, request) };
  } catch (thrown) {
    return { type: "failure", failure: describeFailure(thrown, userCode) };
  }
}

/** For a sensor whose definitions were replaced in the meantime, or are not loaded. */
export function unknownSensor(name: string): DefinitionsHostError {
  return new DefinitionsHostError({
    code: "SENSOR_UNKNOWN",
    message: `The loaded definitions have no sensor "${name}".`,
    hint: "Reload the code location in Dagster's web UI.",
  });
}
