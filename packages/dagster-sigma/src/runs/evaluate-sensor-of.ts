import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { runSensor } from "@dagster-sigma/code-location/python";
import { failureText } from "@dagster-sigma/definitions-host";
import { CommandError } from "../errors.ts";
import { withUserCode } from "./with-user-code.ts";

/**
 * Evaluates a sensor of a definitions file; returns the result in Dagster's format.
 *
 * @param input JSON with the name of the sensor and its cursor
 * @throws CommandError `SENSOR_FAILED`; CodeLocationError `REQUEST_INVALID`
 */
export async function evaluateSensorOf(file: string, input: Readable): Promise<string> {
  const request = await text(input);
  return await withUserCode(file, async (load) => {
    const { definitions, userCode } = await load();
    const outcome = await runSensor(definitions, request, userCode);
    if (outcome.type === "result") return outcome.encoded;
    const { failure } = outcome;
    throw new CommandError("SENSOR_FAILED", `${failure.name}: ${failureText(failure)}`);
  });
}
