import type { Definitions } from "@dagster-sigma/asset-graph";
import { evaluateSensor, type SensorOutcome, type UserCode } from "@dagster-sigma/definitions-host";
import { encodeSensorResult } from "../repository/encode-sensor-result.ts";
import { parseSensorRequest } from "./parse-sensor-request.ts";

/**
 * Evaluates a sensor for the Python module `dagster_typescript`.
 *
 * @param request JSON with the name of the sensor and its cursor, named as in Dagster's own request
 * @returns the result in Dagster's format, as a code location of this package sends it
 * @throws CodeLocationError `REQUEST_INVALID`
 */
export async function runSensor(
  definitions: Definitions,
  request: string,
  userCode: UserCode,
): Promise<SensorOutcome> {
  return await evaluateSensor(definitions, parseSensorRequest(request), { encodeSensorResult }, { userCode });
}
