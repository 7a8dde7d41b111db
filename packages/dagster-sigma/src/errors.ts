import { DagsterSigmaError, type ErrorDetails } from "@dagster-sigma/foundation";

/** Error codes of the command line and what each means; `docs/reference/errors.md` is checked against it. */
export const commandErrorCodes = {
  WRONG_USE: "The command was called in a way it does not understand.",
  DEFINITIONS_FILE_MISSING: "The definitions file is not there.",
  DEFINITIONS_FILE_FAILED: "The definitions file threw, or has a mistake in it.",
  DEFINITIONS_FILE_NO_DEFINITIONS: "The definitions file does not export definitions.",
  ASSET_NOT_FOUND: "No asset has the key that was asked for.",
  SQL_LINES_UNREADABLE: "Lines of SQL on stdin are not what the command reads.",
  STOPPED: "The command was stopped by Ctrl-C; what was fetched is kept.",
  RECORDING_UNREADABLE: "The file given with --replay is not there, or is no recording.",
  FILE_NOT_WRITTEN: "A file that was to be written cannot be.",
  PORT_TAKEN: "Something else listens on the port.",
  PAGE_NOT_ANSWERING: "The page of the sample organization does not answer.",
} as const;

/** The command was used in a way that cannot work. */
export class CommandError extends DagsterSigmaError {
  constructor(code: keyof typeof commandErrorCodes, message: string, hint?: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}

/** A mistake that has a place in something the user wrote. */
export class ExcerptError extends DagsterSigmaError {
  /** What was written there, with a mark below the place; null when that is not known. */
  readonly excerpt: string | null;

  constructor(details: ErrorDetails, excerpt: string | null) {
    super(details);
    this.excerpt = excerpt;
  }
}

/** Something went wrong in the user's definitions file; carries the code of what it was where that has one. */
export class DefinitionsFileError extends ExcerptError {
  constructor(options: {
    readonly message: string;
    readonly excerpt: string | null;
    readonly cause: unknown;
  }) {
    const { cause, message, excerpt } = options;
    const known = DagsterSigmaError.isInstance(cause) ? cause : null;
    const code = known?.code ?? "DEFINITIONS_FILE_FAILED";
    super({ code, message, hint: known?.hint ?? undefined, cause }, excerpt);
  }
}
