import type { SensorRequest } from "@dagster-sigma/definitions-host";

/**
 * Out of a serialised `SensorExecutionArgs`. What else it holds is left alone: it may be the password of Dagster's own
 * database.
 *
 * @throws Error when it cannot be read or names no sensor; the message holds nothing of it
 */
export function parseSensorRequest(serialized: string): SensorRequest {
  const args = parseJson(serialized);
  const { sensor_name: name, cursor, last_tick_completion_time: lastTickAt } = args;
  if (typeof name !== "string") throw new Error("Dagster asked for a sensor without a name.");
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
    // The engine's own message quotes the text.
    throw new Error("Dagster asked for a sensor in a way that cannot be read.");
  }
}
