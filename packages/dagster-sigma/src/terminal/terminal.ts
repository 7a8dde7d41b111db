import picocolors from "picocolors";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where a command writes: what was asked for on `out`, everything else on `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** What a command reads. */
  readonly input: NodeJS.ReadStream;
  /** Whether a person watches `err`, so that it may be drawn over. */
  readonly isWatched: boolean;
  /** Whether a person reads `out` and can stop the command. */
  readonly isInteractive: boolean;
  /** Columns of `out`. */
  readonly width: number;
  readonly colors: Colors;
}

/** Columns where the output is no terminal: room for names, and lines that a pager still shows whole. */
const defaultWidth = 120;

/** The process's own streams. Colours as `NO_COLOR` and `FORCE_COLOR` say, else on a terminal only. */
export function createProcessTerminal(options: { readonly color?: boolean } = {}): Terminal {
  const { stdout, stderr } = process;
  // A pager that was closed early is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const wantsColor = stdout.isTTY ? !process.env["NO_COLOR"] : Boolean(process.env["FORCE_COLOR"]);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    get input() {
      return process.stdin;
    },
    isWatched: stderr.isTTY === true,
    isInteractive: stdout.isTTY === true,
    width: stdout.isTTY ? stdout.columns : defaultWidth,
    colors: picocolors.createColors(options.color !== false && wantsColor),
  };
}
