const brand = Symbol.for("dagster-sigma.error");

/** Constructor options of every error in this project. */
export interface ErrorDetails {
  /** Stable code, listed in `docs/reference/errors.md`. Safe to match in scripts. */
  readonly code: string;
  /** What happened, and to which object. Never contains a secret. */
  readonly message: string;
  /** What the user can do about it. */
  readonly hint?: string | undefined;
  /** The underlying error, if any. */
  readonly cause?: unknown;
}

/**
 * Base class of all errors that this project throws on purpose.
 *
 * Check with {@link DagsterSigmaError.isInstance} instead of `instanceof`: a definitions file may load a second copy
 * of the package, whose classes are different objects.
 */
export class DagsterSigmaError extends Error {
  readonly code: string;
  readonly hint: string | null;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.hint = details.hint ?? null;
    Object.defineProperty(this, brand, { value: true });
    // Not enumerable; otherwise every printed error would repeat it as a property.
    Object.defineProperty(this, "name", { value: new.target.name });
  }

  static isInstance(value: unknown): value is DagsterSigmaError {
    return typeof value === "object" && value !== null && brand in value;
  }
}

/** An option, variable or file supplied by the user is missing or invalid. Thrown before any network request. */
export class ConfigurationError extends DagsterSigmaError {}

/** The message of any thrown value; never empty. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
