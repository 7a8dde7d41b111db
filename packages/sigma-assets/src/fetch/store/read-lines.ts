import type { FileHandle } from "node:fs/promises";

const chunkBytes = 4 * 2 ** 20;
const newline = 10;

/**
 * The lines of a file without their newlines, in batches: several times faster than `node:readline` on long lines. Closes the file
 * at its end.
 */
export async function* readLines(file: FileHandle): AsyncGenerator<readonly Buffer[], void, void> {
  const pieces: Buffer[] = [];
  const chunks = file.createReadStream({ highWaterMark: chunkBytes }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      pieces.push(chunk.subarray(start, end));
      lines.push(joined(pieces.splice(0)));
      start = end + 1;
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start));
    yield lines;
  }
  if (pieces.length > 0) yield [joined(pieces)];
}

function joined(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}
