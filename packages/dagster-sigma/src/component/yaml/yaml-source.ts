import { relative } from "node:path";
import { LineCounter } from "yaml";
import { ComponentError, type ComponentErrorCode } from "../component-error.ts";

/** A place in a component file. */
export interface YamlPlace {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What is wrong at a place. */
export interface YamlProblem {
  readonly code: ComponentErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** The text of a component file, for errors with places. */
export class YamlSource {
  readonly file: string;
  readonly text: string;
  readonly lineCounter: LineCounter = new LineCounter();
  readonly #lines: readonly string[];

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#lines = text.split(/\r?\n/);
  }

  /** @param offset in UTF-16 code units from the start of the file */
  placeAt(offset: number): YamlPlace {
    const { line, col } = this.lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** An error whose message begins with the place, and that shows its line. */
  errorAt({ line, column }: YamlPlace, { code, message, hint, cause }: YamlProblem): ComponentError {
    return new ComponentError({
      code,
      message: `${shownPath(this.file)}:${line}:${column}: ${message}`,
      hint,
      cause,
      excerpt: this.#excerpt({ line, column }),
    });
  }

  #excerpt({ line, column }: YamlPlace): string | null {
    const text = this.#lines[line - 1];
    if (text === undefined) return null;
    // The value may begin on the line after its name.
    const isSecret = /client_?secret["']?\s*:\s*[|>]?[-+]?\s*$/i.test(this.#lines[line - 2] ?? "");
    const shown = isSecret ? text.replace(/\S.*/, "…") : withoutSecret(text);
    const gutter = `  ${line} | `;
    const indent = shown.slice(0, column - 1).replace(/[^\t]/g, " ");
    return `${gutter}${shown}\n${" ".repeat(gutter.length)}${indent}^`;
  }
}

/** A secret may be written in the file itself. Templates hold none. */
function withoutSecret(line: string): string {
  return line.replace(/(client_?(?:id|secret)["']?\s*:\s*)(?!["']?\{\{)\S.*$/i, "$1…");
}

/** A file as messages name it: relative to the working directory. */
export function shownPath(file: string): string {
  return relative(process.cwd(), file) || file;
}
