import { DagsterSigmaError, type ErrorDetails } from "@dagster-sigma/foundation";

/** Error codes of the command line and their meanings; `docs/reference/errors.md` is checked against it. */
export const commandErrorCodes = {
  WRONG_USE: "The command, its options or the environment variables are invalid.",
  DEFINITIONS_FILE_MISSING: "The definitions file does not exist.",
  DEFINITIONS_FILE_FAILED: "The definitions file threw an error, or has a syntax error.",
  DEFINITIONS_FILE_NO_DEFINITIONS: "The definitions file does not export definitions.",
  ASSET_NOT_FOUND: "No asset has the given key, name or address.",
  COLUMN_NOT_FOUND: "The asset has no column of the given name that is known.",
  ASSET_AMBIGUOUS: "Several assets have the given name.",
  ASSET_NOT_MATERIALIZABLE: "The asset is neither a workbook nor a data model of a Sigma organization.",
  NOTHING_TO_MATERIALIZE: "None of the selected assets has a materialization schedule in Sigma.",
  SENSOR_FAILED: "The code of a sensor failed.",
  STEP_FAILED: "The code of an executable asset failed, or its run was terminated.",
  SQL_LINES_UNREADABLE: "Lines on stdin are not in the expected format.",
  STOPPED: "The command was stopped by Ctrl-C; fetched data is saved.",
  RECORDING_UNREADABLE: "The file given with --replay does not exist, or is not a recording.",
  FILE_NOT_WRITTEN: "A file cannot be written.",
  WORKER_NOT_INSTALLED: "The Python package dagster-typescript, which --runs worker needs, is not installed.",
  PORT_TAKEN: "The port is already in use.",
  WORKSPACE_NOT_MERGED: "The code location cannot be added to the workspace file.",
  EARLIER_STATE_NOT_LOADED:
    "The definitions cannot be loaded from an earlier state, for a comparison with it.",
  REGION_NOT_FOUND: "No region of Sigma accepts the credentials.",
  COMPONENT_FILE_MISSING:
    "The component file or the folder of definitions does not exist, or cannot be read.",
  COMPONENT_FILE_INVALID: "A component file (`defs.yaml`) is not valid YAML, or a field of it is wrong.",
  COMPONENT_TEMPLATE_INVALID: "A template in a component file cannot be read or evaluated.",
  COMPONENT_NOT_SUPPORTED: "A component file uses something that needs Python.",
  PAGE_NOT_ANSWERING: "The page of the sample organization does not answer.",
} as const;

/** The command was used incorrectly. */
export class CommandError extends DagsterSigmaError {
  constructor(code: keyof typeof commandErrorCodes, message: string, hint?: string, cause?: unknown) {
    super({ code, message, hint, cause });
  }
}

/** An error with a position in user input. */
export class ExcerptError extends DagsterSigmaError {
  /** The input with a mark below the position; null if unknown. */
  readonly excerpt: string | null;

  constructor(details: ErrorDetails, excerpt: string | null) {
    super(details);
    this.excerpt = excerpt;
  }
}

/** An error in the user's definitions file; has the code of its cause if that has one. */
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
