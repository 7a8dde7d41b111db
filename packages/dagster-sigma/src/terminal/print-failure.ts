import { DagsterSigmaError, errorText, printableLines } from "@dagster-sigma/foundation";
import { ExcerptError } from "../errors.ts";
import type { Terminal } from "./terminal.ts";

/** Prints why a command failed: for people, or as one line of JSON for programs. */
export function printFailure(
  terminal: Terminal,
  thrown: unknown,
  options: { readonly json: boolean; readonly verbose: boolean },
): void {
  const known = DagsterSigmaError.isInstance(thrown) ? thrown : null;
  const code = known?.code ?? "UNEXPECTED";
  const hint =
    known === null
      ? "This is a bug in dagster-sigma. Please report it with the output of --verbose."
      : known.hint;
  if (options.json) {
    terminal.err(`${JSON.stringify({ code, message: errorText(thrown), hint })}\n`);
  } else {
    const { red, bold, dim } = terminal.colors;
    const excerpt = thrown instanceof ExcerptError && thrown.excerpt !== null ? `\n${thrown.excerpt}\n` : "";
    terminal.err(
      `${red(bold("Error:"))} ${printableLines(errorText(thrown))} ${dim(`[${code}]`)}\n${excerpt}${hint === null ? "" : `${printableLines(hint)}\n`}`,
    );
  }
  if (options.verbose) terminal.err(`${printableLines(stackOf(thrown))}\n`);
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? "" : `\nCaused by: ${stackOf(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}
