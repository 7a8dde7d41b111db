import {
  parseSelection,
  type SelectionExpression,
  SelectionSyntaxError,
  type TextRange,
} from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";
import { ExcerptError } from "../errors.ts";
import { textWidth } from "../terminal/text-width.ts";

/** Number of characters shown on each side of an error in a long selection. */
const shownAround = 60;

/**
 * Parses a selection given on the command line.
 *
 * @throws ExcerptError `SELECTION_SYNTAX` or `SELECTION_NEEDS_INSTANCE`, with the position marked
 */
export function readSelection(text: string): SelectionExpression {
  try {
    return parseSelection(text);
  } catch (thrown) {
    if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
    const { code, message, hint } = thrown;
    throw new ExcerptError(
      { code, message, hint: hint ?? undefined, cause: thrown },
      excerptOf(text, thrown),
    );
  }
}

function excerptOf(text: string, { start, end }: TextRange): string {
  const from = Math.max(0, start - shownAround);
  const to = Math.min(text.length, end + shownAround);
  const shown = (part: string): string => printable(part.replace(/\s/g, " "));
  const before = `  ${from === 0 ? "" : "…"}${shown(text.slice(from, start))}`;
  const rest = `${shown(text.slice(start, to))}${to === text.length ? "" : "…"}`;
  const mark = "^".repeat(Math.max(1, textWidth(shown(text.slice(start, end)))));
  return `${before}${rest}\n${" ".repeat(textWidth(before))}${mark}`;
}
