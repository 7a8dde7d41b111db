import { ConfigurationError, DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and their meanings; `docs/reference/errors.md` is checked against it. */
export const codeLocationErrorCodes = {
  DAGSTER_VERSION_INVALID: "The given Dagster version is invalid, or too old to load a code location.",
  AUTOMATION_CONDITION_UNSUPPORTED:
    "The given Dagster version does not have an automation condition of an asset.",
  CODE_LOCATION_PORT_TAKEN: "The code location cannot listen on its port.",
  CODE_LOCATION_LOADING: "The definitions of a code location are still being loaded.",
  RUN_NOT_POSSIBLE: "The selected assets or checks cannot be run, or cannot be run in this way.",
  WORKER_FAILED: "The Python process that starts runs cannot be started, or has ended.",
  REQUEST_INVALID: "Dagster sent a request that cannot be read.",
  SENSOR_RESULT_TOO_LARGE: "A sensor returned more than Dagster accepts.",
  TLS_FILE_UNREADABLE: "The certificate or key for TLS cannot be read.",
} as const;

type Code = keyof typeof codeLocationErrorCodes;

/** An option of a code location is invalid. */
export class CodeLocationConfigurationError extends ConfigurationError {
  constructor(code: Code, message: string, hint: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}

/** A code location has no definitions to serve, or cannot serve a request. */
export class CodeLocationError extends DagsterSigmaError {
  constructor(code: Code, message: string, hint?: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}
