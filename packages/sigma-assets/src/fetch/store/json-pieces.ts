/** Minimum length of a piece, in characters. */
const pieceLength = 256 * 1_024;

/**
 * The JSON of a plain object in pieces, equal to that of `JSON.stringify`, which would need several times its size at once. Arrays and
 * objects at the upper levels are divided. The last piece is the closing brace.
 *
 * @param levels of objects and arrays that are divided
 */
export function* jsonPieces(value: object, levels: number): Generator<string, void, void> {
  let piece = "";
  for (const part of parts(value, levels)) {
    if (piece.length >= pieceLength) {
      yield piece;
      piece = "";
    }
    piece += part;
  }
  yield piece.slice(0, -1);
  yield piece.slice(-1);
}

function* parts(value: unknown, levels: number): Generator<string, void, void> {
  if (levels === 0 || typeof value !== "object" || value === null) yield JSON.stringify(value) ?? "null";
  else if (Array.isArray(value)) yield* items(value, levels);
  else yield* members(value, levels);
}

function* items(array: readonly unknown[], levels: number): Generator<string, void, void> {
  let before = "[";
  for (const item of array) {
    yield before;
    yield* parts(item, levels - 1);
    before = ",";
  }
  yield array.length === 0 ? "[]" : "]";
}

function* members(object: object, levels: number): Generator<string, void, void> {
  let before = "{";
  let count = 0;
  for (const [name, member] of Object.entries(object)) {
    if (member === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* parts(member, levels - 1);
    before = ",";
    count++;
  }
  yield count === 0 ? "{}" : "}";
}
