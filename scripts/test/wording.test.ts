import { expect, it } from "vitest";
import { findPhrases } from "../wording/find-phrases.mjs";

const phrases = [
  ["so many", "the number"],
  ["colours?", '"color"'],
] as const;

it.each([
  ["a line comment", "a.ts", "const a = 1;\n// Up to so many.\n", [2]],
  ["a phrase across two line comments", "a.mjs", "// Up to so\n// many assets.\n", [1]],
  ["a phrase across two lines of a block comment", "a.ts", "/**\n * Up to so\n * many assets.\n */\n", [2]],
  ["a string", "a.ts", 'fail("Colours are missing.", "so many");\n', [1, 1]],
  ["a template literal", "a.ts", "fail(`2 colours are missing`);\n", [1]],
  ["text of a page element", "a.tsx", "const a = <p>Up to so many</p>;\n", [1]],
  ["a CSS comment", "a.css", "/* Colours */ a { color: red }\n", [1]],
  ["Python text", "a.py", '# Colours\ndef a():\n    """So many."""\n    fail("two colours")\n', [1, 3, 4]],
  ["Markdown", "a.md", "# Colours\n\nUp to so\nmany.\n", [1, 3]],
])("a listed phrase is found in %s", (_, path, text, lines) => {
  expect(findPhrases(path, text, phrases).map(({ line }) => line)).toEqual(lines);
});

it.each([
  ["an identifier, a name or a string of one word", "a.ts", 'const colour = "colours"; // `colour`\n'],
  ["a part of a longer word", "a.ts", "// colourful, also-many, so-many\n"],
  [
    "code of a Markdown page",
    "a.md",
    "`colour`\n\n```ts\nlet colour;\n```\n\n    colour\n\n[a](colour.md)\n",
  ],
])("a listed phrase is not reported in %s", (_, path, text) => {
  expect(findPhrases(path, text, phrases)).toEqual([]);
});

it("a found phrase has the hint for its replacement", () => {
  expect(findPhrases("a.ts", "// So\n// many\n", phrases)).toEqual([
    { line: 1, phrase: "So many", instead: "the number" },
  ]);
});

it("the project's list is used by default", () => {
  expect(findPhrases("a.md", "The graph is built anew.\n")).toMatchObject([{ phrase: "anew" }]);
});
