import type { Definitions, SensorResult } from "@dagster-sigma/asset-graph";
import type { SensorOutcome } from "./definitions-source.ts";
import { DefinitionsHostError } from "./errors.ts";
import type { UserCode } from "./failure/code-place.ts";
import { describeFailure } from "./failure/describe-failure.ts";
import { type Failure, failureText } from "./failure/failure.ts";
import type { OutletEncoder } from "./outlet.ts";
import { SensorLog } from "./sensor-log.ts";
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
  const lines = new SensorLog();
  const withLog = (outcome: SensorOutcome): SensorOutcome =>
    lines.lines.length === 0 ? outcome : { ...outcome, log: lines.lines };
  try {
    const sensor = definitions?.sensors.find(({ name }) => name === request.name);
    if (definitions === null || sensor === undefined || encodeSensorResult === undefined)
      throw unknownSensor(request.name, { names: definitions?.sensors.map(({ name }) => name) ?? null });
    const result = await sensor.evaluate({
      cursor: request.cursor,
      lastTickAt: request.lastTickAt === null ? null : new Date(request.lastTickAt * 1_000),
      definitions,
      signal: AbortSignal.timeout(timeoutMs),
      log: lines,
    });
    checkResult(request.name, result);
    return withLog({ type: "result", encoded: encodeSensorResult(result, request) });
  } catch (thrown) {
    return withLog({ type: "failure", failure: describeFailure(thrown, userCode) });
  }
}

/** A sensor written in JavaScript may return anything. @throws DefinitionsHostError `SENSOR_RESULT_INVALID` */
function checkResult(name: string, result: unknown): void {
  const invalid = (what: string): DefinitionsHostError =>
    new DefinitionsHostError({
      code: "SENSOR_RESULT_INVALID",
      message: `The sensor "${name}" returned ${what}.`,
      hint: "Return an object with assetEvents, cursor or skipMessage; {} reports nothing and keeps the cursor.",
    });
  if (typeof result !== "object" || result === null) throw invalid(`${shown(result)} instead of an object`);
  const { cursor, skipMessage, assetEvents } = result as Partial<Record<keyof SensorResult, unknown>>;
  if (!isText(cursor)) throw invalid(`a cursor that is not a string: ${shown(cursor)}`);
  if (!isText(skipMessage)) throw invalid(`a skipMessage that is not a string: ${shown(skipMessage)}`);
  if (assetEvents !== undefined && !Array.isArray(assetEvents))
    throw invalid(`assetEvents that are not a list: ${shown(assetEvents)}`);
}

function isText(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

function shown(value: unknown): string {
  return value === null || typeof value !== "object"
    ? String(value)
    : (value.constructor?.name ?? "an object");
}

/**
 * For a sensor whose definitions were replaced in the meantime, or are not loaded.
 *
 * @param names the sensors of the loaded definitions; null if none are loaded
 * @param failure why no definitions are loaded; null if they are still being loaded
 */
export function unknownSensor(
  name: string,
  { names, failure = null }: { readonly names: readonly string[] | null; readonly failure?: Failure | null },
): DefinitionsHostError {
  const code = "SENSOR_UNKNOWN";
  if (names === null) {
    const message =
      failure === null
        ? `The sensor "${name}" cannot be evaluated yet: the definitions are still being loaded.`
        : `The sensor "${name}" cannot be evaluated, because the definitions could not be loaded: ${failureText(failure)}`;
    const hint =
      failure === null
        ? "It is evaluated at its next tick."
        : "Correct the definitions; they are then loaded again.";
    return new DefinitionsHostError({ code, message, hint });
  }
  const others = names.length === 0 ? "they have none" : `they have ${names.join(", ")}`;
  return new DefinitionsHostError({
    code,
    message: `The loaded definitions have no sensor "${name}"; ${others}.`,
    hint: "Reload the code location in Dagster's web UI.",
  });
}
