import { ConfigurationError } from "@dagster-sigma/foundation";

/** Error codes of this package and their meanings; `docs/reference/errors.md` is checked against it. */
export const webUiErrorCodes = {
  PAGE_PORT_TAKEN: "The page cannot listen on its port.",
  PAGE_TOKEN_MISSING: "Access from other machines requires a token, and none was set.",
  PAGE_NOT_BUILT: "The files of the page do not exist.",
} as const;

/** An option of the page server is invalid. */
export class WebUiConfigurationError extends ConfigurationError {
  constructor(code: keyof typeof webUiErrorCodes, message: string, hint: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}
