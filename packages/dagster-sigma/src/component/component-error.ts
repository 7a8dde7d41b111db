import { ExcerptError } from "../errors.ts";

/** Codes of errors in component files, with their meanings; `docs/reference/errors.md` is checked against it. */
export const componentErrorCodes = {
  COMPONENT_FILE_MISSING:
    "The component file or the folder of definitions does not exist, or cannot be read.",
  COMPONENT_FILE_INVALID: "A component file (`defs.yaml`) is not valid YAML, or a field of it is wrong.",
  COMPONENT_TEMPLATE_INVALID: "A template in a component file cannot be read or evaluated.",
  COMPONENT_NOT_SUPPORTED: "A component file uses something that needs Python.",
} as const;

/** Fields of a {@link ComponentError}. */
interface ComponentErrorDetails {
  readonly code: keyof typeof componentErrorCodes;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly excerpt?: string | null;
  readonly cause?: unknown;
}

/** An error in a component file. The message begins with file, line and column. */
export class ComponentError extends ExcerptError {
  constructor({ excerpt = null, ...details }: ComponentErrorDetails) {
    super(details, excerpt);
  }
}
