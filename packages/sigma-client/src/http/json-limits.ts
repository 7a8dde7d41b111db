import { AnswerTooLarge } from "./answer-limits.ts";

/** Far above any page of rows; a small text with more values would take hundreds of MB as objects. */
const maxValues = 2_000_000;
/** Only maps by id have more than a few hundred; a million would take many seconds and hundreds of MB to parse. */
const maxKeys = 100_000;
/**
 * A text with more levels takes much time and memory to parse. Values that are nested deeper than any of Sigma's are left out
 * of their rows later, so that one of them costs its row, not the response.
 */
const maxDepth = 50_000;
/** A shorter text cannot exceed a limit by enough to do harm. */
const shortestLength = 1_000;

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/**
 * Checks the number and depth of the values, and the number of different keys, in a JSON text before it is parsed.
 *
 * @throws AnswerTooLarge
 */
export function checkJsonLimits(text: string): void {
  if (text.length < shortestLength) return;
  let values = 0;
  let depth = 0;
  let stringStart = 0;
  let stringEnd = 0;
  const keys = new Set<number>();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      stringStart = at;
      at = endOfString(text, at);
      stringEnd = at;
    } else if (code === comma) values++;
    else if (code === colon) keys.add(hashOf(text, stringStart, stringEnd));
    else if (code === openBracket || code === openBrace) {
      values++;
      if (++depth > maxDepth) throw new AnswerTooLarge(`${maxDepth} nested levels`);
    } else if (code === closeBracket || code === closeBrace) depth--;
  }
  if (keys.size > maxKeys) throw new AnswerTooLarge(`${maxKeys} different keys`);
  if (values > maxValues) throw new AnswerTooLarge(`${maxValues} values`);
}

/** A hash of the text between two positions (FNV-1a). */
function hashOf(text: string, start: number, end: number): number {
  let hash = 2_166_136_261;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  return hash;
}

/** Index of the quote that ends the string, or of the end of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
