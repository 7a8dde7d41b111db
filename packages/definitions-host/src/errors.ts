import { ConfigurationError, DagsterSigmaError, type ErrorDetails } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means; `docs/reference/errors.md` is checked against it. */
export const definitionsHostErrorCodes = {
  DEFINITIONS_CRASHED: "The thread that runs the definitions ended, and the reason is not known.",
  DEFINITIONS_EXITED: "The definitions called `process.exit()`.",
  DEFINITIONS_OUT_OF_MEMORY: "The definitions needed more memory than their thread may use.",
  DEFINITIONS_STALLED: "A load of the definitions showed no sign of life for too long.",
  DEFINITIONS_UNCAUGHT:
    "An error in the definitions was caught by nobody: a rejected promise, or a callback that threw.",
  DEFINITIONS_UNSETTLED: "The definitions wait for a promise that nothing can settle.",
  LOAD_TIMEOUT_INVALID: "The time limit of a load cannot be read.",
  SENSOR_INTERRUPTED: "The thread of a sensor was ended during its evaluation.",
  SENSOR_TIMED_OUT: "A sensor did not end its evaluation in time.",
  SENSOR_UNKNOWN: "Dagster asked for a sensor that the definitions do not have, or that is not loaded.",
} as const;

/** Why definitions could not be loaded, or a sensor not be evaluated. */
export class DefinitionsHostError extends DagsterSigmaError {
  constructor(details: ErrorDetails & { readonly code: keyof typeof definitionsHostErrorCodes }) {
    super(details);
  }
}

/** The limit of a load is not written as a time. */
export class LoadTimeoutError extends ConfigurationError {
  constructor(text: string) {
    super({
      code: "LOAD_TIMEOUT_INVALID",
      message: `${JSON.stringify(text)} is not a time limit for loads.`,
      hint: "Write a time such as 90s, 10m or 2h.",
    });
  }
}
