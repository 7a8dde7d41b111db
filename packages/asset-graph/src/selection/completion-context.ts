import { readTokens, type Token } from "./read-tokens.ts";
import type { TextRange } from "./selection-expression.ts";
import { SelectionParser } from "./selection-parser.ts";
import { type SelectionExpectation, SelectionSyntaxError } from "./selection-syntax-error.ts";

/** The position of the cursor within a selection. */
export interface CompletionContext {
  /** The word or quoted text at the cursor, which a completion replaces. Empty between two words. */
  readonly range: TextRange;
  /** The part of it before the cursor, without the opening quote. */
  readonly typed: string;
  /** The text before the range. */
  readonly before: string;
  /** What may follow here; null if the preceding text is invalid. */
  readonly expected: SelectionExpectation | null;
}

export function completionContext(text: string, cursor: number): CompletionContext {
  const range = rangeAt(text, cursor);
  const before = text.slice(0, range.start);
  const typed = text.slice(range.start, cursor).replace(/^"/, "");
  return { range, typed, before, expected: expectedAfter(before) };
}

/** What may follow a text; null if the text is invalid. */
export function expectedAfter(text: string): SelectionExpectation | null {
  try {
    new SelectionParser(readTokens(text)).parse();
  } catch (thrown) {
    if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
    if (thrown.code === "SELECTION_SYNTAX") return thrown.start === text.length ? thrown.expected : null;
  }
  return { type: "operator", inParentheses: false };
}

/** Tokens that may be part of one value while it is not quoted: `ada@harbor.example` is five tokens. */
function isPiece({ type }: Token): boolean {
  return type !== "sign" && type !== "quoted" && type !== "end";
}

function rangeAt(text: string, cursor: number): TextRange {
  const tokens = readTokens(text);
  const at = tokens.findIndex(({ start, end }) => start < cursor && cursor <= end);
  const token = tokens[at];
  if (token === undefined) return { start: cursor, end: cursor };
  if (token.type === "quoted")
    return cursor < token.end ? { start: token.start, end: token.end } : { start: cursor, end: cursor };
  // An unterminated quoted text extends to the end, but what follows the cursor is more likely something else.
  if (token.text.startsWith('"')) return { start: token.start, end: cursor };
  if (!isPiece(token)) return { start: cursor, end: cursor };
  let [first, last] = [at, at];
  while (joins(tokens[first - 1], tokens[first])) first--;
  while (joins(tokens[last], tokens[last + 1])) last++;
  return { start: tokens[first]?.start ?? cursor, end: tokens[last]?.end ?? cursor };
}

function joins(left: Token | undefined, right: Token | undefined): boolean {
  return (
    left !== undefined && right !== undefined && left.end === right.start && isPiece(left) && isPiece(right)
  );
}
