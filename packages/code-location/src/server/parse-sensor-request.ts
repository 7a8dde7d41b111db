import type { SensorRequest } from "@dagster-sigma/definitions-host";

/**
 * Parses a serialized `SensorExecutionArgs`. All other fields are ignored: they may contain the password of Dagster's
 * own database.
 *
 * @throws Error if it cannot be parsed or names no sensor; the message does not quote it
 */
export function parseSensorRequest(serialized: string): SensorRequest {
  const args = parseJson(serialized);
  const { sensor_name: name, cursor, last_tick_completion_time: lastTickAt } = args;
  if (typeof name !== "string") throw new Error("Dagster requested a sensor without a name.");
  return {
    name,
    cursor: typeof cursor === "string" ? cursor : null,
    lastTickAt: typeof lastTickAt === "number" ? lastTickAt : null,
  };
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    // The message of `JSON.parse` would quote the text.
    throw new Error("Dagster's sensor request cannot be parsed.");
  }
}
