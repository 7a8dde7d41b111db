import { describe, expect, it } from "vitest";
import { printableJson } from "../src/encoding/printable-json.ts";

const bad = "\u202ea\u001b[31m\u009b\ud800\u2066";
const shown = "\ufffda␛[31m\ufffd\ufffd\ufffd";

describe("the texts of the page", () => {
  it("have symbols instead of control, bidirectional and broken characters, but identities do not change", () => {
    const value = {
      assets: [
        {
          key: bad,
          path: [bad, bad],
          url: bad,
          name: bad,
          folder: [bad],
          tags: { [bad]: bad },
          path2: [bad],
        },
      ],
      lines: "select 1\n\tfrom x",
    };
    expect(JSON.parse(printableJson(value))).toEqual({
      assets: [
        {
          key: bad,
          path: [bad, bad],
          url: bad,
          name: shown,
          folder: [shown],
          tags: { [bad]: shown },
          path2: [shown],
        },
      ],
      lines: "select 1\n\tfrom x",
    });
  });

  it.each(["\u007f", "\u0000", "\u2028", "\ud83d", "\u200b", "\r"])(
    "are changed if they contain %j",
    (text) => {
      expect(JSON.parse(printableJson([text]))).not.toEqual([text]);
    },
  );

  it("are the same JSON if they need no change", () => {
    const value = { name: 'Größe "quoted" \\ 👩 日本', statement: "select 1\nfrom x\t-- y" };
    expect(printableJson(value)).toBe(JSON.stringify(value));
  });
});
