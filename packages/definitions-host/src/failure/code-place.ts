import { readFileSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A position in the user's code; line and column are 1-based. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The user's code: its folder, and how it was compiled. */
export interface UserCode {
  /** The folder of the code. */
  readonly folder: string;
  /** Maps a position in compiled code to the position in its source. Default: no mapping. */
  readonly sourcePlace?: (place: CodePlace) => CodePlace;
}

/** Maximum number of causes followed, because a chain of causes may be endless. */
export const maxCauses = 10;

/**
 * Where in the user's own code an error was thrown: the innermost frame inside the folder and outside `node_modules`.
 * The cause takes precedence over errors that wrap it, because it was thrown closer to the mistake.
 */
export function findCodePlace(thrown: unknown, { folder, sourcePlace }: UserCode): CodePlace | null {
  let found: CodePlace | null = null;
  let current = thrown;
  for (let depth = 0; depth < maxCauses && current instanceof Error; depth++) {
    const { message, stack } = current;
    // The message of a syntax error contains its position in the source, with 0-based columns (Babel, in jiti 2.7.0).
    const inSource = placesIn(message, folder).map((place) => ({ ...place, column: place.column + 1 }))[0];
    const inCompiled = placesIn(framesOf(stack).join("\n"), folder)[0];
    found = inSource ?? (inCompiled === undefined ? found : (sourcePlace?.(inCompiled) ?? inCompiled));
    current = current.cause;
  }
  return found;
}

/** Stack frames as text, those in the user's code first. */
export function orderedFrames(thrown: unknown, userCode: UserCode | null): readonly string[] {
  const frames = thrown instanceof Error ? framesOf(thrown.stack) : [];
  if (userCode === null) return frames;
  const own: string[] = [];
  const others: string[] = [];
  for (const frame of frames) {
    const [place] = placesIn(frame, userCode.folder);
    if (place === undefined) others.push(frame);
    else own.push(mapFrame(frame, place, userCode));
  }
  return [...own, ...others];
}

function mapFrame(frame: string, { line, column, file }: CodePlace, { sourcePlace }: UserCode): string {
  const source = sourcePlace?.({ file, line, column });
  return source === undefined
    ? frame
    : frame.replace(`:${line}:${column}`, `:${source.line}:${source.column}`);
}

function framesOf(stack: string | undefined): readonly string[] {
  return String(stack ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at "));
}

/** The line at a position with a mark below the column; null if the file cannot be read. */
export function codeExcerpt({ file, line, column }: CodePlace): string | null {
  let text: string | undefined;
  try {
    text = readFileSync(file, "utf8").split("\n")[line - 1];
  } catch {
    return null;
  }
  if (text === undefined) return null;
  const gutter = `  ${line} | `;
  // Keeps tabs, so that the mark is aligned with its column.
  const indent = text.slice(0, Math.max(0, column - 1)).replace(/[^\t]/g, " ");
  return `${gutter}${text}\n${" ".repeat(gutter.length)}${indent}^`;
}

/** `definitions.ts:4:7`, relative to the working directory. */
export function formatCodePlace({ file, line, column }: CodePlace): string {
  return `${relative(process.cwd(), file)}:${line}:${column}`;
}

function placesIn(text: string, folder: string): readonly CodePlace[] {
  const inFolder = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  return [...text.matchAll(/(file:\/\/\/[^\s()]+?|(?:[A-Za-z]:)?\/[^()\n]+?\.[cm]?[jt]sx?):(\d+):(\d+)/g)]
    .map(([, path = "", line, column]) => ({
      file: path.startsWith("file:") ? fileURLToPath(path) : path,
      line: Number(line),
      column: Number(column),
    }))
    .filter(({ file }) => file.startsWith(inFolder) && !file.includes(`${sep}node_modules${sep}`))
    .filter(({ file }) => !isOurs(file));
}

/** Files of this project are not user code, even if both are in one folder. */
const ours = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

function isOurs(file: string): boolean {
  return file.startsWith(`${ours}${sep}`) && /\/(dist|src)\//.test(file.slice(ours.length));
}
