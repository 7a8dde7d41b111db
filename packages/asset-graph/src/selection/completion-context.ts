import { readTokens, type Token } from "./read-tokens.ts";
import type { TextRange } from "./selection-expression.ts";
import { SelectionParser } from "./selection-parser.ts";
import { type SelectionExpectation, SelectionSyntaxError } from "./selection-syntax-error.ts";

/** Where somebody writes in a selection. */
export interface CompletionContext {
  /** The word or quoted text at the cursor: what a completion replaces. Empty between two. */
  readonly range: TextRange;
  /** What of it stands before the cursor, without its opening quote. */
  readonly typed: string;
  /** What stands before the range. */
  readonly before: string;
  /** What can stand there; null where what stands before is wrong already. */
  readonly expected: SelectionExpectation | null;
}

export function completionContext(text: string, cursor: number): CompletionContext {
  const range = rangeAt(text, cursor);
  const before = text.slice(0, range.start);
  const typed = text.slice(range.start, cursor).replace(/^"/, "");
  return { range, typed, before, expected: expectedAfter(before) };
}

/** What can follow a text; null where it is wrong before its end. */
export function expectedAfter(text: string): SelectionExpectation | null {
  try {
    new SelectionParser(readTokens(text)).parse();
  } catch (thrown) {
    if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
    if (thrown.code === "SELECTION_SYNTAX") return thrown.start === text.length ? thrown.expected : null;
  }
  return { type: "operator", inParentheses: false };
}

/** Pieces that one value may be made of while it has no quotes yet: `ada@harbor.example` is five. */
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
  // Without its closing quote a text goes on to the end: what follows the cursor is more likely something else.
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
