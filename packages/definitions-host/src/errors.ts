import { ConfigurationError, DagsterSigmaError, type ErrorDetails } from "@dagster-sigma/foundation";

/** Error codes of this package and their meanings; `docs/reference/errors.md` is checked against it. */
export const definitionsHostErrorCodes = {
  SNAPSHOT_CHANGED: "The code of an asset changed after a run was planned.",
  DEFINITIONS_CRASHED: "The thread that runs the definitions ended for an unknown reason.",
  DEFINITIONS_EXITED: "The definitions called `process.exit()`.",
  DEFINITIONS_OUT_OF_MEMORY: "The definitions exceeded the memory limit of their thread.",
  DEFINITIONS_STALLED: "A load showed no activity within its time limit.",
  DEFINITIONS_UNCAUGHT:
    "An error in the definitions was not caught: a rejected promise, or a callback that threw.",
  DEFINITIONS_UNSETTLED: "The definitions await a promise that can never settle.",
  LOAD_TIMEOUT_INVALID: "The time limit for loads is not a valid duration.",
  SENSOR_RESULT_INVALID: "A sensor returned something that is not a sensor result.",
  SENSOR_INTERRUPTED: "The thread of a sensor was terminated during its evaluation.",
  SENSOR_TIMED_OUT: "The evaluation of a sensor exceeded its time limit.",
  SENSOR_UNKNOWN: "Dagster requested a sensor that the definitions do not have, or that is not loaded.",
} as const;

/** The definitions could not be loaded, or a sensor could not be evaluated. */
export class DefinitionsHostError extends DagsterSigmaError {
  constructor(details: ErrorDetails & { readonly code: keyof typeof definitionsHostErrorCodes }) {
    super(details);
  }
}

/** The time limit for loads is not a valid duration. */
export class LoadTimeoutError extends ConfigurationError {
  constructor(text: string) {
    super({
      code: "LOAD_TIMEOUT_INVALID",
      message: `${JSON.stringify(text)} is not a valid time limit for loads.`,
      hint: "Use a duration such as 90s, 10m or 2h.",
    });
  }
}
