import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SharedTexts } from "../../../src/fetch/calls/shared-texts.ts";

describe("SharedTexts", () => {
  it("changes no value of a row", () => {
    const rows = fc.array(
      fc.dictionary(
        fc.oneof(fc.constantFrom("type", "name", "__proto__", "columns"), fc.string()),
        fc.jsonValue(),
      ),
    );
    fc.assert(
      fc.property(rows, (made) => {
        const json = JSON.stringify(made);
        expect(JSON.stringify(new SharedTexts().share(JSON.parse(json)))).toBe(json);
      }),
    );
  });

  it("uses the same object for the types of columns, unless they say more", () => {
    const text =
      '[{"type":{"type":"number"}},{"type":{"type":"number"}},{"type":{"type":"number","of":1}},{"type":{"of":"number"}}]';
    const [one, same, more, other] = new SharedTexts().share(JSON.parse(text));
    expect(same.type).toBe(one.type);
    expect([one, more, other]).toEqual([
      { type: { type: "number" } },
      { type: { type: "number", of: 1 } },
      { type: { of: "number" } },
    ]);
  });

  it("keeps equal texts in memory once", () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const json = JSON.stringify(
      Array.from({ length: 20_000 }, (_, id) => ({ formula: `[Sales of the year ${id % 50}/Net amount]` })),
    );
    const sizeOf = (read: () => unknown): number => {
      gc();
      const before = process.memoryUsage().heapUsed;
      const kept = read();
      gc();
      const size = process.memoryUsage().heapUsed - before;
      expect(kept).toHaveLength(20_000);
      return size;
    };
    const alone = sizeOf(() => JSON.parse(json));
    expect(sizeOf(() => new SharedTexts().share(JSON.parse(json)))).toBeLessThan(alone * 0.7);
  });
});
