/** Options that every command has. */
export interface GlobalOptions {
  /** Machine-readable output on stdout. */
  readonly json?: boolean;
  readonly verbose?: boolean;
}
