import { type DialectTraits, dialectTraits } from "../dialects/dialect-traits.ts";
import type { SqlDialect } from "../dialects/sql-dialect.ts";
import { lexSql, type SqlToken } from "./lex-sql.ts";
import { splitName } from "./read-sql-name.ts";
import { readTables } from "./read-tables.ts";

/**
 * Rebuilds SQL from its tokens with other names. Only punctuation remains of the text: comments are removed, literals become
 * `'text'`, numbers `1` and placeholders `$1`, `@stage` or `{{control}}`, and names are those that `rename` returns. Never throws.
 *
 *     renameInSql("select a.ID from T a -- all", "snowflake", (name) => names.get(name) ?? name);
 *
 * @param rename returns the new name for a word or for one part of a quoted name. It is also called with keywords, functions
 *   and types, which it must return unchanged
 */
export function renameInSql(sql: string, dialect: SqlDialect, rename: (name: string) => string): string {
  const traits = dialectTraits[dialect];
  return new SqlRebuilder(sql, traits, rename, dashedNames(sql, dialect, traits)).run();
}

/** Only the position of `a-b` tells whether it is one name or a difference. */
function dashedNames(sql: string, dialect: SqlDialect, traits: DialectTraits): ReadonlySet<string> {
  if (!traits.dashedNames || !sql.includes("-")) return new Set();
  return new Set(
    readTables(sql, dialect)
      .flat()
      .filter((part) => part.includes("-")),
  );
}

/** Names have few dashes; the limit keeps hostile input from taking quadratic time. */
const maxDashes = 50;

class SqlRebuilder {
  readonly #sql: string;
  readonly #traits: DialectTraits;
  readonly #rename: (name: string) => string;
  readonly #dashed: ReadonlySet<string>;
  readonly #tokens: readonly SqlToken[];

  constructor(
    sql: string,
    traits: DialectTraits,
    rename: (name: string) => string,
    dashed: ReadonlySet<string>,
  ) {
    this.#sql = sql;
    this.#traits = traits;
    this.#rename = rename;
    this.#dashed = dashed;
    this.#tokens = lexSql(sql, traits);
  }

  run(): string {
    const written: string[] = [];
    let before: SqlToken | undefined;
    for (let at = 0; at < this.#tokens.length; ) {
      const next = this.#nameEnd(at);
      const token = this.#tokens[at] as SqlToken;
      // Two adjacent literals would become one.
      const isApart =
        before !== undefined &&
        (before.end < token.start || (before.kind === "text" && token.kind === "text"));
      written.push(isApart ? " " : "", this.#write(at, next));
      before = this.#tokens[next - 1];
      at = next;
    }
    return written.join("");
  }

  /** The index after a token or, if it begins a dashed name, after the last token of the name. */
  #nameEnd(at: number): number {
    const isInside = this.#isJoined(at) && this.#isJoined(at - 1);
    if (this.#dashed.size === 0 || isInside || this.#tokens[at]?.kind !== "word") return at + 1;
    let end = at + 1;
    const last = at + 2 * maxDashes + 1;
    for (let next = at + 3; next <= last && this.#isJoined(next - 2) && this.#isJoined(next - 1); next += 2) {
      if (this.#dashed.has(this.#textOf(at, next))) end = next;
    }
    return end;
  }

  /** Whether a token follows the one before without a space, as a dash or a word of a dashed name. */
  #isJoined(at: number): boolean {
    const [before, token] = [this.#tokens[at - 1], this.#tokens[at]];
    if (before === undefined || token === undefined || before.end !== token.start) return false;
    return before.kind === "word" ? token.text === "-" : before.text === "-" && token.kind === "word";
  }

  #textOf(from: number, to: number): string {
    return this.#sql.slice(this.#tokens[from]?.start, this.#tokens[to - 1]?.end);
  }

  #write(at: number, next: number): string {
    const token = this.#tokens[at] as SqlToken;
    switch (token.kind) {
      case "word":
        return next > at + 1 ? this.#name(this.#textOf(at, next), dashedName) : this.#word(token, at);
      case "quoted":
        return this.#quoted(token);
      case "text":
        return this.#literal(token, this.#tokens[at - 1]?.end ?? 0);
      case "variable":
        return placeholder(token.text);
      case "symbol":
        return /^[!-~]+$/.test(token.text) ? token.text : "";
    }
  }

  #word(token: SqlToken, at: number): string {
    if (number.test(token.text)) return "1";
    return this.#isLiteralPrefix(token, at) ? token.text : this.#name(token.text, plainName);
  }

  /** `r'…'`, `b"…"`, `N'…'`, `U&'…'`; that of `E'…'` is a part of the literal. */
  #isLiteralPrefix({ text, end }: SqlToken, at: number): boolean {
    const [next, afterNext] = [this.#tokens[at + 1], this.#tokens[at + 2]];
    if (next?.start !== end) return false;
    if (next.kind === "text") return /^(?:r|b|rb|br|n|x)$/i.test(text);
    return (
      next.text === "&" && afterNext?.kind === "text" && afterNext.start === next.end && /^u$/i.test(text)
    );
  }

  /** The new name, in quotes unless it can be written without. */
  #name(text: string, plain: RegExp): string {
    const name = this.#rename(text);
    return plain.test(name) ? name : quotedName(name, this.#traits.doubleQuotesText ? "`" : '"');
  }

  #quoted(token: SqlToken): string {
    const isSplit = token.quote === "`" && this.#traits.splitsBackticks;
    const parts = isSplit ? splitName(token.text) : [token.text];
    return quotedName(parts.map((part) => this.#rename(part)).join("."), token.quote);
  }

  /** Keeps how quotes are escaped, on which some parsers fail. */
  #literal({ start, end }: SqlToken, endBefore: number): string {
    // The lexer skips the E of `E'…'`.
    const prefix = endBefore < start && /e/i.test(this.#sql[start - 1] ?? "") ? "E" : "";
    const quote = this.#sql[start] === '"' ? '"' : "'";
    const isClosed = end - start > 1 && this.#sql[end - 1] === this.#sql[start];
    const inner = this.#sql.slice(start + 1, isClosed ? end - 1 : end);
    const escaped = [`\\${quote}`, quote + quote].filter((each) => inner.includes(each));
    return `${prefix}${quote}${inner === "" ? "" : "text"}${escaped.join("")}${isClosed ? quote : ""}`;
  }
}

const plainName = /^#?[\w$\u0080-\uffff]+$/;
const dashedName = /^[\w$\u0080-\uffff]+(?:-[\w$\u0080-\uffff]+)*$/;
const number = /^(?:\d+(?:e\d*)?|0x[0-9a-f]*|\d+(?:bd|[bdflsy]))$/i;

function quotedName(name: string, quote: string): string {
  const close = quote === "[" ? "]" : quote;
  return `${quote}${name.replaceAll(close, close + close)}${close}`;
}

function placeholder(text: string): string {
  // The operators `@` and `@@`.
  if (/^@+$/.test(text)) return text;
  if (text.startsWith("{{")) return "{{control}}";
  if (text.startsWith("{%")) return "{% control %}";
  return text.startsWith("@") ? "@stage" : "$1";
}
