import type { Definitions } from "@dagster-sigma/asset-graph";
import type { SensorOutcome } from "./definitions-source.ts";
import { DefinitionsHostError } from "./errors.ts";
import type { UserCode } from "./failure/code-place.ts";
import { describeFailure } from "./failure/describe-failure.ts";
import type { OutletEncoder } from "./outlet.ts";
import type { SensorRequest } from "./sensor-request.ts";

/** Dagster waits 60 s; what a sensor found until the signal is aborted must still be sent. */
export const sensorTimeoutMs = 50_000;

/**
 * Evaluates a sensor in this thread. Never rejects.
 *
 * @param definitions null where none are loaded
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

/** For a sensor of definitions that were replaced meanwhile, or that are not loaded. */
export function unknownSensor(name: string): DefinitionsHostError {
  return new DefinitionsHostError({
    code: "SENSOR_UNKNOWN",
    message: `The definitions that are loaded have no sensor "${name}".`,
    hint: "Reload the location on Dagster's page.",
  });
}
