import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { runSensor } from "@dagster-sigma/code-location/python";
import { failureText } from "@dagster-sigma/definitions-host";
import { withLoadEnvironment } from "@dagster-sigma/sigma-assets";
import { commandVariables, definitionsFolder } from "../definitions/command-environment.ts";
import { loadDefinitionsFile } from "../definitions/definitions-file.ts";
import { sourcePlace } from "../definitions/source-place.ts";
import { CommandError } from "../errors.ts";

/**
 * Evaluates a sensor of a definitions file; returns the result in Dagster's format.
 *
 * @param input JSON with the name of the sensor and its cursor
 * @throws CommandError `SENSOR_FAILED`; CodeLocationError `REQUEST_INVALID`
 */
export async function evaluateSensorOf(file: string, input: Readable): Promise<string> {
  const request = await text(input);
  return await withLoadEnvironment({ ...commandVariables(file), refresh: "no" }, async () => {
    const userCode = { folder: resolve(definitionsFolder(file)), sourcePlace };
    const outcome = await runSensor(await loadDefinitionsFile(file), request, userCode);
    if (outcome.type === "result") return outcome.encoded;
    const { failure } = outcome;
    throw new CommandError("SENSOR_FAILED", `${failure.name}: ${failureText(failure)}`);
  });
}
