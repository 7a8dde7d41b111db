/** A way to damage a file at one place; `random` gives numbers from 0 up to 1. */
export type Damage = (bytes: Buffer, random: () => number) => Buffer;

/** All kinds of damage: of media, of interrupted writers, of editors and tools. */
export const damages: Readonly<Record<string, Damage>> = {
  "a flipped bit": (bytes, random) => {
    const at = placeIn(bytes, random);
    return replaced(bytes, at, Buffer.from([(bytes[at] ?? 0) ^ (1 << below(random, 8))]));
  },
  "another letter or digit": (bytes, random) => {
    const at = bytes.findIndex((byte, index) => index >= placeIn(bytes, random) && isAlphanumeric(byte));
    return replaced(bytes, Math.max(at, 0), Buffer.from([97 + below(random, 26)]));
  },
  "bytes removed": (bytes, random) => {
    const at = placeIn(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 64))]);
  },
  "bytes inserted": (bytes, random) => {
    const at = placeIn(bytes, random);
    const extra = Buffer.from(Array.from({ length: 1 + below(random, 64) }, () => below(random, 256)));
    return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]);
  },
  "a block of zeros": (bytes, random) =>
    replaced(bytes, placeIn(bytes, random), Buffer.alloc(1 + below(random, 512))),
  "a block from elsewhere": (bytes, random) => {
    const from = placeIn(bytes, random);
    return replaced(bytes, placeIn(bytes, random), bytes.subarray(from, from + 1 + below(random, 512)));
  },
  "the end missing": (bytes, random) => bytes.subarray(0, placeIn(bytes, random)),
  "the beginning missing": (bytes, random) => bytes.subarray(placeIn(bytes, random)),
  "bytes appended": (bytes, random) => Buffer.concat([bytes, bytes.subarray(placeIn(bytes, random))]),
  "a line missing": (bytes, random) =>
    withLines(bytes, (lines) => lines.toSpliced(below(random, lines.length), 1)),
  "a line twice": (bytes, random) =>
    withLines(bytes, (lines) => {
      const at = below(random, lines.length);
      return lines.toSpliced(at, 0, lines[at] ?? "");
    }),
  "two lines exchanged": (bytes, random) =>
    withLines(bytes, (lines) => {
      const [one, other] = [below(random, lines.length), below(random, lines.length)];
      return lines.with(one, lines[other] ?? "").with(other, lines[one] ?? "");
    }),
  "a value replaced by null": (bytes, random) =>
    withValue(bytes, random, (text, start, end) => `${text.slice(0, start)}null${text.slice(end)}`),
  "a number or text of another kind": (bytes, random) =>
    withValue(bytes, random, (text, start, end) =>
      text[start] === '"'
        ? `${text.slice(0, start)}7${text.slice(end)}`
        : `${text.slice(0, start)}"7"${text.slice(end)}`,
    ),
  "an empty file": () => Buffer.alloc(0),
};

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

function placeIn(bytes: Buffer, random: () => number): number {
  return below(random, bytes.length);
}

function isAlphanumeric(byte: number): boolean {
  return /[A-Za-z0-9]/.test(String.fromCharCode(byte));
}

/** Overwrites a part, without changing the length. */
function replaced(bytes: Buffer, at: number, part: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  part.copy(copy, at);
  return copy;
}

function withLines(bytes: Buffer, change: (lines: readonly string[]) => readonly string[]): Buffer {
  return Buffer.from(`${change(bytes.toString("utf8").trimEnd().split("\n")).join("\n")}\n`);
}

/** Changes one value of a JSON object. */
function withValue(
  bytes: Buffer,
  random: () => number,
  change: (text: string, start: number, end: number) => string,
): Buffer {
  const text = bytes.toString("utf8");
  const values = [...text.matchAll(/":("(?:[^"\\]|\\.)*"|-?\d+|true|false)/g)];
  const value = values[below(random, values.length)];
  if (value === undefined) return bytes;
  return Buffer.from(change(text, value.index + 2, value.index + value[0].length));
}
