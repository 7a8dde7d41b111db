import { exampleOf, wordsForValue } from "./attribute-values.ts";
import type { Token } from "./read-tokens.ts";
import { selectionAttributes } from "./selection-attributes.ts";
import type { SelectionExpectation, SelectionProblem } from "./selection-syntax-error.ts";

/** Describes the error at a token: what is wrong, what would be valid, and the correct syntax. */
export function syntaxProblem(
  tokens: readonly Token[],
  at: number,
  expected: SelectionExpectation,
): SelectionProblem {
  const token = tokens[at] as Token;
  const found = token.type === "end" ? "it ends here" : `here is ${shown(token.text)}`;
  return {
    code: "SELECTION_SYNTAX",
    message: `The selection needs ${wordsFor(expected)} at character ${token.start + 1}; ${found}.`,
    hint: hintFor(tokens, at, expected),
    range: { start: token.start, end: token.end },
    expected,
  };
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function wordsFor(expected: SelectionExpectation): string {
  switch (expected.type) {
    case "operand":
      return expected.all
        ? "an attribute such as key:, a function, not, * or ("
        : "an attribute such as key:, a function or (";
    case "operator":
      return expected.inParentheses ? "and, or, or )" : "and, or, or its end";
    case "value":
      return wordsForValue(expected.attribute);
    case "tagValue":
      return "a value for the tag";
    case "sign":
      return expected.sign;
  }
}

function hintFor(tokens: readonly Token[], at: number, expected: SelectionExpectation): string {
  const { type, text } = tokens[at] as Token;
  const isWord = type === "word" || type === "wildcardWord";
  if (type === "broken" && text.startsWith('"')) {
    return text.includes("\\") ? "A quoted text cannot contain a backslash." : 'A quoted text ends with ".';
  }
  if (expected.type === "operand" && isWord) {
    return tokens[at + 1]?.text === ":"
      ? `There is no attribute "${shown(text)}". There are: ${Object.keys(selectionAttributes).join(", ")}.`
      : `A key may omit "key:" only if it is the whole selection; here write key:"${shown(text)}".`;
  }
  const example = expected.type === "value" ? exampleOf(expected.attribute) : null;
  if (example !== null) return `For example ${example}.`;
  if (expected.type === "value" && isWord) return `Put it in quotes: ${expected.attribute}:"${shown(text)}".`;
  if (type === "broken" || expected.type === "value")
    return 'Put quotes around values with characters other than letters, digits, "_" and "/": key:"my-asset".';
  return 'For example: +key:"revenue" and not (kind:"table" or group:"staging").';
}
