import type { TextRange } from "./selection-expression.ts";

/** Token types of a selection. `word` includes keywords; `broken` is text that is not a valid token. */
type TokenType = "word" | "wildcardWord" | "quoted" | "null" | "digits" | "star" | "sign" | "broken" | "end";

export interface Token extends TextRange {
  readonly type: TokenType;
  /** The source text. */
  readonly text: string;
}

const blank = /[ \t\r\n]*/y;

/** Tried in order at the end of the previous token; the first match wins. */
const shapes: readonly (readonly [TokenType, RegExp])[] = [
  ["wildcardWord", /[A-Za-z_*][A-Za-z0-9_/*]*/y],
  ["digits", /[0-9]+/y],
  ["quoted", /"[^"\\\r\n]*"/y],
  ["null", /<null>/y],
  ["sign", /[=+:(),]/y],
  // An unterminated quoted text, or one with an invalid character, up to its end.
  ["broken", /"[^"\r\n]*"?|[^\s]/uy],
];

/** The tokens of a text, followed by one of type `end`. Never fails: invalid text becomes `broken`. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = readToken(text, at);
    tokens.push(token);
    at = skipBlank(text, token.end);
  }
  tokens.push({ type: "end", text: "", start: text.length, end: text.length });
  return tokens;
}

function skipBlank(text: string, at: number): number {
  blank.lastIndex = at;
  return at + (blank.exec(text)?.[0].length ?? 0);
}

function readToken(text: string, start: number): Token {
  for (const [type, shape] of shapes) {
    shape.lastIndex = start;
    const found = shape.exec(text)?.[0];
    if (found !== undefined)
      return { type: narrower(type, found), text: found, start, end: start + found.length };
  }
  return { type: "broken", text: text.slice(start, start + 1), start, end: start + 1 };
}

function narrower(type: TokenType, text: string): TokenType {
  if (type !== "wildcardWord") return type;
  if (text === "*") return "star";
  return text.includes("*") ? "wildcardWord" : "word";
}
