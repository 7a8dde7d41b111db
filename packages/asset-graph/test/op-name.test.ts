import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AssetKey, opName } from "../src/index.ts";

const nameOf = (...path: readonly string[]): string => opName(new AssetKey(path));

describe("opName", () => {
  it("joins the segments of an ordinary key, as Python does", () => {
    expect(nameOf("Orders_Explorer")).toBe("Orders_Explorer");
    expect(nameOf("db", "public", "orders")).toBe("db__public__orders");
  });

  it.each([
    [["type"], /^type_[0-9a-f]{16}$/],
    [["import"], /^import_[0-9a-f]{16}$/],
    [["a b"], /^a_b_[0-9a-f]{16}$/],
    [["a__b"], /^a__b_[0-9a-f]{16}$/],
    [["広告"], /^___[0-9a-f]{16}$/],
  ] as const)("adds a hash to %j, which is no name or not its own", (path, expected) => {
    expect(nameOf(...path)).toMatch(expected);
  });

  it("is a valid name in Dagster, and different for different keys", () => {
    const segment = fc.oneof(
      fc.constantFrom("a", "b", "a_b", "a__b", "_", "__", "type", "a/b", "a b", "é"),
      fc.string({ minLength: 1, maxLength: 6 }),
    );
    const path = fc.array(segment, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        expect(nameOf(...one)).toMatch(/^[A-Za-z0-9_]+$/);
        expect(nameOf(...one) === nameOf(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
