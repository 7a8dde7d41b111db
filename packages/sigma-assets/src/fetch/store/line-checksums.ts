import { crc32 } from "node:zlib";

/** Begins the last line of a state, whose checksum covers all other lines. */
const lastLine = Buffer.from('{"type":"end"');

/** The last member of a line, after its content. */
const suffix = /^,"checksum":"([0-9a-f]{8})"\}$/;
const suffixLength = ',"checksum":"01234567"}'.length;

const carriageReturn = 13;

/**
 * Adds a checksum as last member to each line of a file, a JSON object, and verifies it: the CRC-32 of the bytes before it. The
 * checksum of a last line `{"type":"end"…}` continues that of all previous lines, and so reveals missing and moved lines.
 */
export class LineChecksums {
  #all = 0;

  /** The line with its checksum and a newline. */
  seal(json: string): Buffer {
    const content = Buffer.from(json.slice(0, -1));
    return Buffer.concat([content, Buffer.from(`,"checksum":"${this.#of(content)}"}\n`)]);
  }

  /** The same in pieces, for a line that is too long to be one text. The last piece of JSON is the closing brace. */
  *sealPieces(json: Iterable<string>): Generator<Buffer, void, void> {
    let before: string | null = null;
    let checksum = 0;
    for (const piece of json) {
      if (before !== null) {
        const content = Buffer.from(before);
        checksum = crc32(content, checksum);
        yield content;
      }
      before = piece;
    }
    const text = textOf(checksum);
    this.#all = crc32(text, this.#all);
    yield Buffer.from(`,"checksum":"${text}"}\n`);
  }

  /** Whether the checksum of a line without its newline is correct; null without a checksum. */
  verify(line: Buffer): boolean | null {
    const bytes = withoutReturn(line);
    const end = bytes.length - suffixLength;
    const [, stated] = (end > 0 && suffix.exec(bytes.toString("latin1", end))) || [];
    return stated === undefined ? null : this.#of(bytes.subarray(0, end)) === stated;
  }

  #of(content: Buffer): string {
    const isLast = content.subarray(0, lastLine.length).equals(lastLine);
    const checksum = textOf(crc32(content, isLast ? this.#all : 0));
    this.#all = crc32(checksum, this.#all);
    return checksum;
  }
}

function textOf(checksum: number): string {
  return checksum.toString(16).padStart(8, "0");
}

/** Version control may add carriage returns to a committed snapshot. */
function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
}
