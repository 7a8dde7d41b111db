import { ConfigurationError } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means; `docs/reference/errors.md` is checked against it. */
export const webUiErrorCodes = {
  PAGE_PORT_TAKEN: "The page cannot listen on its port.",
  PAGE_TOKEN_MISSING: "The page was to be reached from other machines without a token.",
  PAGE_NOT_BUILT: "The files of the page are not there.",
} as const;

/** An option of the page that cannot work. */
export class WebUiConfigurationError extends ConfigurationError {
  constructor(code: keyof typeof webUiErrorCodes, message: string, hint: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}
