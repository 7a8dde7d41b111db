import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssetKey, cleanName, compareAssetKeys, InvalidAssetKeyError } from "../src/index.ts";

const isControl = (character: string): boolean => character < " " || character === "\u007f";
const segment = fc.string({ minLength: 1, unit: "binary" }).filter((text) => ![...text].some(isControl));
const escaped = fc.constantFrom("a", "b", "/", "\\", "a/b", "\\/", "a\\", "\\\\");
const path = fc.array(fc.oneof(escaped, segment), { minLength: 1, maxLength: 4 });
/** Two paths that are often equal, or of which one is often a prefix of the other. */
const pair = fc.oneof(
  fc.tuple(path, path),
  path.map((a) => [a, [...a]] as const),
  fc.tuple(path, path).map(([a, more]) => [a, [...a, ...more]] as const),
  fc.tuple(path, path).map(([a, more]) => [[...a, ...more], a] as const),
);
const seeded = { seed: 1, numRuns: 300 };

describe("AssetKey", () => {
  it("treats any string as one segment", () => {
    expect(new AssetKey("a/b").path).toEqual(["a/b"]);
    expect(AssetKey.fromUserString("a/b").path).toEqual(["a", "b"]);
    expect(AssetKey.from(["x", "y"]).toUserString()).toBe("x/y");
  });

  it.each([[[]], [[""]], [["a", ""]], ["tab\tbed"], [["a", "\u0000"]]])("rejects %j", (wrong) => {
    expect(() => new AssetKey(wrong)).toThrow(InvalidAssetKeyError);
  });

  it("rejects a segment that is not a string, which plain JavaScript could pass", () => {
    expect(() => new AssetKey([1] as unknown as string[])).toThrow(/not a string/);
  });

  it("is restored from its escaped text", () => {
    fc.assert(
      fc.property(path, (segments) => {
        const key = new AssetKey(segments);
        expect(AssetKey.fromEscapedUserString(key.toEscapedUserString()).path).toEqual(segments);
      }),
      seeded,
    );
  });

  it("keeps a backslash at the end of an escaped text that escapes nothing", () => {
    expect(AssetKey.fromEscapedUserString("a/b\\").path).toEqual(["a", "b\\"]);
  });

  it("has the same text as another key only if both are equal", () => {
    const seen = { equal: 0, prefix: 0, other: 0 };
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [first, second] = [new AssetKey(a), new AssetKey(b)];
        const isSame = JSON.stringify(a) === JSON.stringify(b);
        expect(first.equals(second)).toBe(isSame);
        expect(first.toString() === second.toString()).toBe(isSame);
        expect(first.toEscapedUserString() === second.toEscapedUserString()).toBe(isSame);
        expect(compareAssetKeys(first, second) === 0).toBe(isSame);
        const isPrefix = first.hasPrefix(b) || second.hasPrefix(a);
        seen[isSame ? "equal" : isPrefix ? "prefix" : "other"]++;
      }),
      seeded,
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(30);
  });

  it("is not equal to its prefixes", () => {
    const [short, long] = [new AssetKey("a"), new AssetKey(["a", "b"])];
    expect([long.equals(short), short.equals(long), long.equals(new AssetKey(["a", "b"]))]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("is sorted after its prefixes, and otherwise by the first segment that differs", () => {
    const sorted = (keys: readonly string[][]): readonly (readonly string[])[] =>
      keys
        .map((each) => new AssetKey(each))
        .sort(compareAssetKeys)
        .map((key) => key.path);
    const ordered = [["a"], ["a", "a"], ["a", "b"], ["a", "b", "a"], ["a b"], ["aa"], ["b"]];
    expect(sorted([...ordered].reverse())).toEqual(ordered);
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [first, second] = [new AssetKey(a), new AssetKey(b)];
        const order = Math.sign(compareAssetKeys(first, second));
        expect(order + Math.sign(compareAssetKeys(second, first))).toBe(0);
        if (b.length > a.length && second.hasPrefix(a)) expect(order).toBe(-1);
      }),
      seeded,
    );
  });

  it("adds and recognizes a prefix", () => {
    fc.assert(
      fc.property(path, path, (prefix, segments) => {
        const key = new AssetKey(segments).withPrefix(prefix);
        expect(key.hasPrefix(prefix)).toBe(true);
        expect(key.path).toEqual([...prefix, ...segments]);
      }),
      seeded,
    );
    expect(new AssetKey("b").withPrefix("a/x").path).toEqual(["a/x", "b"]);
    expect(new AssetKey(["a", "b"]).hasPrefix(["b"])).toBe(false);
  });
});

describe("cleanName", () => {
  it.each([
    ["Sample Workbook", "Sample_Workbook"],
    ["Sales - EU", "Sales_EU"],
    ["Sales/EU", "Sales_EU"],
    ["売上", "_"],
    ["a__b", "a__b"],
    ["", ""],
    ["😀x😀", "_x_"],
  ])("converts %j to %j, like Dagster", (name, cleaned) => {
    expect(cleanName(name)).toBe(cleaned);
  });
});
