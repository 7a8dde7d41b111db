const brand = Symbol.for("dagster-sigma.error");

/** What every error of the project is made from. */
export interface ErrorDetails {
  /** Stable code, listed in `docs/reference/errors.md`. Scripts may rely on it. */
  readonly code: string;
  /** What happened, and to which object. Never holds a secret. */
  readonly message: string;
  /** What the reader can do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Base of all errors that this project throws on purpose.
 *
 * Check with {@link DagsterSigmaError.isInstance}, not with `instanceof`: a definitions file may load a second
 * copy of the package, whose classes are different objects.
 */
export class DagsterSigmaError extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.hint = details.hint ?? null;
    Object.defineProperty(this, brand, { value: true });
    // Not enumerable, or every printed error would repeat it among its properties.
    Object.defineProperty(this, "name", { value: new.target.name });
  }

  static isInstance(value: unknown): value is DagsterSigmaError {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** An option, a variable or a file that the user wrote is missing or wrong; nothing was asked of the network. */
export class ConfigurationError extends DagsterSigmaError {}

/** The text of anything that was thrown, for messages; never empty. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
