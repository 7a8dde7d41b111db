import { type commandErrorCodes, ExcerptError } from "../errors.ts";

export type ComponentErrorCode = Extract<keyof typeof commandErrorCodes, `COMPONENT_${string}`>;

/** Fields of a {@link ComponentError}. */
interface ComponentErrorDetails {
  readonly code: ComponentErrorCode;
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
