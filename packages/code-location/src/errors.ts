import { ConfigurationError, DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means; `docs/reference/errors.md` is checked against it. */
export const codeLocationErrorCodes = {
  DAGSTER_VERSION_INVALID: "The version given for Dagster is none, or one that cannot load a code location.",
  CODE_LOCATION_PORT_TAKEN: "The code location cannot listen on its port.",
  CODE_LOCATION_LOADING: "The definitions of a code location are not loaded yet; they come by themselves.",
  TLS_FILE_UNREADABLE: "The certificate or key for TLS cannot be read.",
} as const;

type Code = keyof typeof codeLocationErrorCodes;

/** An option of a code location that cannot work. */
export class CodeLocationConfigurationError extends ConfigurationError {
  constructor(code: Code, message: string, hint: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}

/** Why a code location has nothing to show. */
export class CodeLocationError extends DagsterSigmaError {
  constructor(code: Code, message: string, hint?: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}
