import { readFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import type { CodePlace } from "@dagster-sigma/definitions-host";

/** jiti inserts this before the first line of a compiled module (2.7.0). */
const firstLinePrefix =
  "(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) {";

/**
 * Maps a position in code compiled by jiti to the position in the TypeScript source. Lines are equal; columns differ
 * because types are removed. Node cannot do this: it does not see jiti's source maps. Returns the position unchanged
 * if the file cannot be compiled again.
 */
export function sourcePlace({ file, line, column }: CodePlace): CodePlace {
  const place = { file, line, column };
  const compiledColumn = column - 1 - (line === 1 ? firstLinePrefix.length : 0);
  if (compiledColumn < 0) return place;
  try {
    const entry = sourceMapOf(file)?.findEntry(line - 1, compiledColumn);
    return entry === undefined || !("originalLine" in entry)
      ? place
      : { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  } catch {
    return place;
  }
}

/** Compiles again, because jiti does not keep source maps. Only errors need them, so only they load jiti here. */
function sourceMapOf(file: string): SourceMap | null {
  const { createJiti } = createRequire(import.meta.url)("jiti") as typeof import("jiti");
  const jiti = createJiti(file, { sourceMaps: true });
  const code = jiti.transform({ source: readFileSync(file, "utf8"), filename: file, ts: true, async: true });
  const [, encoded] =
    /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,([\w+/=]+)/.exec(code) ?? [];
  return encoded === undefined ? null : new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString()));
}
