import picocolors from "picocolors";
import { shownOutput } from "./shown-output.ts";

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Output of a command: results on `out`, everything else on `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Erases the last lines written to `err`, on a terminal that may be redrawn. */
  eraseLines(count: number): void;
  /** Standard input of the command. */
  readonly input: NodeJS.ReadStream;
  /** Whether `err` is a terminal that may be redrawn. */
  readonly isWatched: boolean;
  /** Whether `out` is a terminal and the command can be interrupted. */
  readonly isInteractive: boolean;
  /** Width of `out`, in columns. */
  readonly width: number;
  /** Height of `out`, in lines; null if it is not a terminal. */
  readonly height: number | null;
  readonly colors: Colors;
}

/** The same terminal, on which only results appear. */
export function quietTerminal(terminal: Terminal): Terminal {
  return {
    out: (text) => terminal.out(text),
    err: () => undefined,
    eraseLines: () => undefined,
    get input() {
      return terminal.input;
    },
    isWatched: false,
    isInteractive: terminal.isInteractive,
    width: terminal.width,
    height: terminal.height,
    colors: terminal.colors,
  };
}

/** Width in columns when the output is not a terminal: wide enough for names, narrow enough for a pager. */
const defaultWidth = 120;

/**
 * The process's own streams. `NO_COLOR` and `FORCE_COLOR` control colors; by default only a terminal gets them. Control
 * characters are shown as symbols, except in data (`isData`), which is written unchanged.
 */
export function createProcessTerminal(
  options: { readonly color?: boolean; readonly isData?: boolean } = {},
): Terminal {
  const { stdout, stderr } = process;
  // A pager that was closed early is not an error.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const wantsColor = stdout.isTTY ? !process.env["NO_COLOR"] : Boolean(process.env["FORCE_COLOR"]);
  return {
    out: (text) => void stdout.write(options.isData === true ? text : shownOutput(text)),
    err: (text) => void stderr.write(options.isData === true ? text : shownOutput(text)),
    eraseLines: (count) => void stderr.write(`\r\u001b[${count}A\u001b[0J`),
    get input() {
      return process.stdin;
    },
    isWatched: stderr.isTTY === true,
    isInteractive: stdout.isTTY === true,
    // A terminal without a size says 0.
    width: (stdout.isTTY && stdout.columns) || defaultWidth,
    height: (stdout.isTTY && stdout.rows) || null,
    colors: picocolors.createColors(options.color !== false && wantsColor),
  };
}
