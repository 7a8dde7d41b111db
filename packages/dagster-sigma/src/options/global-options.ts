import type { LogFormat } from "@dagster-sigma/foundation";

/** Options that every command has. */
export interface GlobalOptions {
  /** Machine-readable output on stdout. */
  readonly json?: boolean;
  readonly verbose?: boolean;
  /** How log lines on stderr are written; `text` when left out. */
  readonly logFormat?: LogFormat;
}
