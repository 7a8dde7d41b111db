import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonPieces } from "../../../src/fetch/store/json-pieces.ts";
import { LineChecksums } from "../../../src/fetch/store/line-checksums.ts";

describe("jsonPieces", () => {
  it("gives the text of JSON.stringify at any number of levels, and the closing brace as last piece", () => {
    const values = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined)));
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 5 }), (value, levels) => {
        const pieces = [...jsonPieces(value, levels)];
        expect(pieces.join("")).toBe(JSON.stringify(value));
        expect(pieces.at(-1)).toBe("}");
      }),
    );
    expect([...jsonPieces({ a: [undefined, [], {}] }, 3)].join("")).toBe('{"a":[null,[],{}]}');
  });

  it("divides long lists", () => {
    const value = { list: Array.from({ length: 1_000 }, (_, id) => ({ id, text: "ü".repeat(1_000) })) };
    const pieces = [...jsonPieces(value, 2)];
    expect(pieces.join("")).toBe(JSON.stringify(value));
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(300_000);
  });
});

describe("a line sealed in pieces", () => {
  it("equals a line sealed at once, also for the lines that follow", () => {
    const value = { list: Array.from({ length: 500 }, (_, id) => ({ id, text: "ü".repeat(1_000) })) };
    const [whole, inPieces] = [new LineChecksums(), new LineChecksums()];
    const end = '{"type":"end","count":1}';
    const sealed = Buffer.concat([...inPieces.sealPieces(jsonPieces(value, 2))]);
    expect(sealed.equals(whole.seal(JSON.stringify(value)))).toBe(true);
    expect(inPieces.seal(end)).toEqual(whole.seal(end));
  });
});
