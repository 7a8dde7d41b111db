import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeSelection,
  formatSelection,
  parseSelection,
  type SelectionExpression,
} from "../src/selection/index.ts";

/** Expressions that the syntax can express. */
const expressions = fc.letrec<{ readonly expression: SelectionExpression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant<SelectionExpression>({ type: "all" }),
    fc
      .tuple(
        fc.constantFrom("owner", "kind", "column", "table_name", "folder"),
        fc.option(fc.constantFrom("a", "and", "key", "Finance/Q1", "", "*x*", "é ·")),
      )
      .map(
        ([attribute, value]) =>
          ({ type: "attribute", attribute, value, range: { start: 0, end: 0 } }) as SelectionExpression,
      ),
    fc.tuple(fc.constantFrom("a", "not", "x/y"), fc.constantFrom("", "b=c", "*")).map(
      ([key, value]): SelectionExpression => ({
        type: "tag",
        key,
        value,
        keyRange: { start: 0, end: 0 },
        valueRange: null,
      }),
    ),
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(tie("expression"), { minLength: 2, maxLength: 3 }))
      .map(([type, operands]) => ({ type, operands }) as SelectionExpression),
    tie("expression").map((operand): SelectionExpression => ({ type: "not", operand })),
    fc
      .tuple(fc.constantFrom("sinks", "roots"), tie("expression"))
      .map(([type, operand]) => ({ type, operand }) as SelectionExpression),
    fc
      .tuple(tie("expression"), depths(), depths())
      .filter(([, up, down]) => up !== null || down !== null)
      .map(([operand, up, down]): SelectionExpression => ({ type: "traversal", operand, up, down })),
  ),
})).expression;

function depths(): fc.Arbitrary<number | "all" | null> {
  return fc.constantFrom(null, "all" as const, 0, 1, 12);
}

/** Without positions, which differ between two spellings. */
const withoutRanges = (expression: SelectionExpression): unknown =>
  JSON.parse(
    JSON.stringify(expression, (name, value: unknown) => (/range$/i.test(name) ? undefined : value)),
  );

describe("formatSelection", () => {
  it("writes a text that is parsed to the same expression", () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(withoutRanges(parseSelection(formatSelection(expression)))).toEqual(withoutRanges(expression));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["kind:workbook  and not owner:<null>", 'kind:"workbook" and not owner:<null>'],
    ["(kind:a or kind:b) and +key:x+2", '(kind:"a" or kind:"b") and +key:"x"+2'],
    ["(*)+", "(*)+"],
    ["++sales/orders", '2+key:"sales/orders"'],
  ])("%s is %s", (text, formatted) => {
    expect(formatSelection(parseSelection(text))).toBe(formatted);
  });
});

describe("describeSelection", () => {
  it.each([
    ["*", "all assets"],
    ["revenue", "the asset revenue"],
    ['key:"harbor/*"', "assets with the key harbor/*"],
    ["kind:workbook and owner:<null>", "assets of kind workbook and without an owner"],
    ['not owner:"ada"', "assets not owned by ada"],
    [
      'kind:workbook and (owner:"ada" or owner:"grace")',
      "assets of kind workbook and (owned by ada or grace)",
    ],
    ["folder:Finance and problem:error", "assets in the folder Finance and with an error"],
    ['problem:"*" or is:external', "assets with a problem or external"],
    ["problem:<null>", "assets without a problem"],
    [
      'changed_before:"2026-01-31" and not changed_since:<null>',
      "assets last changed before 2026-01-31 and with a known time of change",
    ],
    ["+key:revenue", "the asset revenue, with what feeds it"],
    ["key:revenue+1", "the asset revenue, with what it feeds within 1 step"],
    ["2+kind:workbook+", "assets of kind workbook, with what feeds them within 2 steps and what they feed"],
    [
      'column:"AMOUNT"+ and kind:workbook',
      "assets among (assets with a column AMOUNT, with what they feed) and of kind workbook",
    ],
    ["not (kind:a and tag:b=c)", "all assets except (assets of kind a and with the tag b=c)"],
    ["sinks(kind:a)", "those of (assets of kind a) that feed no other of them"],
    ["kind:a or (kind:b and not tag:<null>)", "assets of kind a or (of kind b and with tags)"],
  ])("%s selects %s", (text, words) => {
    expect(describeSelection(parseSelection(text))).toBe(words);
  });
});
