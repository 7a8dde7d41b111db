import type { LogFormat } from "@dagster-sigma/foundation";

/** Options of every command. */
export interface GlobalOptions {
  /** Prints machine-readable output on stdout. Default: false. */
  readonly json?: boolean;
  readonly verbose?: boolean;
  /** Format of log lines on stderr. Default: `text`. */
  readonly logFormat?: LogFormat;
}
