import { createReadStream } from "node:fs";

const chunkBytes = 4 * 2 ** 20;
const newline = 10;

/** The lines of a file without their newlines, in batches: several times faster than `node:readline` on long lines. */
export async function* readLines(file: string): AsyncGenerator<readonly string[], void, void> {
  const pieces: Buffer[] = [];
  for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    const lines: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      pieces.push(chunk.subarray(start, end));
      lines.push(textOf(pieces.splice(0)));
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    yield lines;
  }
  if (pieces.length > 0) yield [textOf(pieces)];
}

/** Removes the carriage returns of files edited on Windows. */
function textOf(pieces: readonly Buffer[]): string {
  const [only] = pieces;
  const text = (pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)).toString("utf8");
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}
