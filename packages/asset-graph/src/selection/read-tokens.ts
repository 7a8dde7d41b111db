import type { TextRange } from "./selection-expression.ts";

/** What a piece of a selection is. `word` holds keywords too; `broken` cannot begin or end what it begins. */
type TokenType = "word" | "wildcardWord" | "quoted" | "null" | "digits" | "star" | "sign" | "broken" | "end";

export interface Token extends TextRange {
  readonly type: TokenType;
  /** As it is written. */
  readonly text: string;
}

const blank = /[ \t\r\n]*/y;

/** Each is tried where the last token ended; the first that fits is the token. */
const shapes: readonly (readonly [TokenType, RegExp])[] = [
  ["wildcardWord", /[A-Za-z_*][A-Za-z0-9_/*]*/y],
  ["digits", /[0-9]+/y],
  ["quoted", /"[^"\\\r\n]*"/y],
  ["null", /<null>/y],
  ["sign", /[=+:(),]/y],
  // A quoted text without its end, or with a sign that it may not hold, up to where it would end.
  ["broken", /"[^"\r\n]*"?|[^\s]/uy],
];

/** The tokens of a text, with one of type `end` behind them. Never fails: what is no token is `broken`. */
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
