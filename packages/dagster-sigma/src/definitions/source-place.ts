import { readFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import type { CodePlace } from "@dagster-sigma/definitions-host";

/** jiti puts this before the first line of a compiled module (2.7.0). */
const firstLinePrefix =
  "(async function (exports, require, module, __filename, __dirname, jitiImport, jitiESMResolve) {";

/**
 * Where in a file of TypeScript something stands, by where it stands in the code that jiti made of it. Lines are the same;
 * columns are not, because types are gone. Node cannot tell: it does not see the source maps of jiti. The place itself where
 * the file cannot be compiled again.
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

/** Compiled again, because jiti keeps no maps; only errors need them, and only they load jiti here. */
function sourceMapOf(file: string): SourceMap | null {
  const { createJiti } = createRequire(import.meta.url)("jiti") as typeof import("jiti");
  const jiti = createJiti(file, { sourceMaps: true });
  const code = jiti.transform({ source: readFileSync(file, "utf8"), filename: file, ts: true, async: true });
  const [, encoded] =
    /\/\/# sourceMappingURL=data:application\/json;charset=utf-8;base64,([\w+/=]+)/.exec(code) ?? [];
  return encoded === undefined ? null : new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString()));
}
