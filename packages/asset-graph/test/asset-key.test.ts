import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssetKey, cleanName, compareAssetKeys, InvalidAssetKeyError } from "../src/index.ts";

const isControl = (character: string): boolean => character < " " || character === "\u007f";
const segment = fc.string({ minLength: 1, unit: "binary" }).filter((text) => ![...text].some(isControl));
const path = fc.array(segment, { minLength: 1, maxLength: 4 });

describe("AssetKey", () => {
  it("takes a string as one segment, whatever it contains", () => {
    expect(new AssetKey("a/b").path).toEqual(["a/b"]);
    expect(AssetKey.fromUserString("a/b").path).toEqual(["a", "b"]);
    expect(AssetKey.from(["x", "y"]).toUserString()).toBe("x/y");
  });

  it.each([[[]], [[""]], [["a", ""]], ["tab\tbed"], [["a", "\u0000"]]])("rejects %j", (wrong) => {
    expect(() => new AssetKey(wrong)).toThrow(InvalidAssetKeyError);
  });

  it("rejects a segment that is not a string, as plain JavaScript might pass", () => {
    expect(() => new AssetKey([1] as unknown as string[])).toThrow(/not a string/);
  });

  it("is restored from its escaped text", () => {
    fc.assert(
      fc.property(path, (segments) => {
        const key = new AssetKey(segments);
        expect(AssetKey.fromEscapedUserString(key.toEscapedUserString()).path).toEqual(segments);
      }),
    );
  });

  it("has equal text exactly for equal keys", () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const [first, second] = [new AssetKey(a), new AssetKey(b)];
        expect(first.toString() === second.toString()).toBe(first.equals(second));
        expect(compareAssetKeys(first, second) === 0).toBe(first.equals(second));
        expect(Math.sign(compareAssetKeys(first, second)) + Math.sign(compareAssetKeys(second, first))).toBe(
          0,
        );
      }),
    );
  });

  it("adds and recognizes a prefix", () => {
    fc.assert(
      fc.property(path, path, (prefix, segments) => {
        const key = new AssetKey(segments).withPrefix(prefix);
        expect(key.hasPrefix(prefix)).toBe(true);
        expect(key.path).toEqual([...prefix, ...segments]);
      }),
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
  ])("cleanName turns %j into %j, like Dagster", (name, cleaned) => {
    expect(cleanName(name)).toBe(cleaned);
  });
});
