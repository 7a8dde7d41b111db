import type { DialectTraits } from "../dialects/dialect-traits.ts";

/**
 * A token of SQL text. Numbers are words: the scanner does not need to distinguish them.
 *
 * - `word`: a name or keyword as written
 * - `quoted`: a quoted name, without its quotes; `quote` is the opening quote
 * - `text`: a string literal
 * - `variable`: a placeholder for an unknown value: `@stage/path`, `$1`, `{{control}}`
 * - `symbol`: one punctuation character, or `|>`
 */
export interface SqlToken {
  readonly kind: "word" | "quoted" | "text" | "variable" | "symbol";
  readonly text: string;
  /** The text in upper case, for comparison with keywords. Empty unless `kind` is `word`. */
  readonly upper: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

const commentEdge = /\/\*|\*\//g;
const placeholderEnds: Readonly<Record<string, string>> = { "{": "}}", "%": "%}" };
const dollarTag = /\$(?:[A-Za-z_]\w*)?\$/y;
const numbered = /\$\w+/y;
const variable = /@+(?:"[^"]*"|[\w~%$.])*(?:\/[^\s(),;]*)?/y;

/** Splits SQL into tokens, without comments and white space. Never throws: an unclosed token ends at the end of the text. */
export function lexSql(sql: string, traits: DialectTraits): readonly SqlToken[] {
  const lexer = new Lexer(sql, traits);
  return lexer.run();
}

class Lexer {
  readonly #sql: string;
  readonly #traits: DialectTraits;
  readonly #tokens: SqlToken[] = [];
  /** Ends of placeholders that do not occur in the rest of the text, so that they are searched for only once. */
  readonly #missingEnds = new Set<string>();
  #at = 0;

  constructor(sql: string, traits: DialectTraits) {
    this.#sql = sql;
    this.#traits = traits;
  }

  run(): readonly SqlToken[] {
    while (this.#at < this.#sql.length) this.#next();
    return this.#tokens;
  }

  #next(): void {
    const sql = this.#sql;
    const at = this.#at;
    const code = sql.charCodeAt(at);
    if (isSpace(code)) {
      this.#at++;
    } else if (
      isWordStart(code) ||
      (code === hash && !this.#traits.hashComments && isWordStart(sql.charCodeAt(at + 1)))
    ) {
      this.#word();
    } else if (!this.#comment(code)) {
      this.#other();
    }
  }

  #word(): void {
    const sql = this.#sql;
    const start = this.#at;
    let end = start + 1;
    while (end < sql.length && isWordPart(sql.charCodeAt(end))) end++;
    const text = sql.slice(start, end);
    this.#at = end;
    const next = sql[end];
    if (next === "'" && text.length === 1 && (text === "E" || text === "e")) {
      this.#quotedText("'", true);
    } else {
      this.#tokens.push({ kind: "word", text, upper: text.toUpperCase(), quote: "", start, end });
    }
  }

  /** Skips a comment. False when there is none. */
  #comment(code: number): boolean {
    const sql = this.#sql;
    const at = this.#at;
    const next = sql.charCodeAt(at + 1);
    const toLineEnd =
      (code === dash && next === dash) ||
      (code === hash && this.#traits.hashComments) ||
      (code === slash && next === slash && this.#traits.slashComments);
    if (toLineEnd) {
      const end = sql.indexOf("\n", at);
      this.#at = end < 0 ? sql.length : end + 1;
      return true;
    }
    if (code !== slash || next !== star) return false;
    this.#at = this.#blockCommentEnd(at + 2);
    return true;
  }

  #blockCommentEnd(from: number): number {
    const sql = this.#sql;
    if (!this.#traits.nestedComments) {
      const close = sql.indexOf("*/", from);
      return close < 0 ? sql.length : close + 2;
    }
    let depth = 1;
    commentEdge.lastIndex = from;
    while (depth > 0) {
      const edge = commentEdge.exec(sql);
      if (edge === null) return sql.length;
      depth += edge[0] === "/*" ? 1 : -1;
    }
    return commentEdge.lastIndex;
  }

  #other(): void {
    const sql = this.#sql;
    const at = this.#at;
    const character = sql[at] as string;
    switch (character) {
      case "'":
        this.#quotedText("'", this.#traits.backslashEscapes);
        return;
      case '"':
        if (this.#traits.doubleQuotesText) this.#quotedText('"', this.#traits.backslashEscapes);
        else this.#quotedName('"', '"');
        return;
      case "`":
        this.#quotedName("`", "`");
        return;
      case "[":
        if (this.#traits.bracketNames && this.#isBracketName()) this.#quotedName("[", "]");
        else this.#symbol(1);
        return;
      case "$":
      case "@":
      case "{":
        this.#variable(character);
        return;
      case "|":
        this.#symbol(sql[at + 1] === ">" ? 2 : 1);
        return;
      default:
        this.#symbol(1);
    }
  }

  #symbol(length: number): void {
    const start = this.#at;
    const end = Math.min(start + length, this.#sql.length);
    this.#tokens.push({
      kind: "symbol",
      text: this.#sql.slice(start, end),
      upper: "",
      quote: "",
      start,
      end,
    });
    this.#at = end;
  }

  #variable(character: string): void {
    const sql = this.#sql;
    const start = this.#at;
    if (character === "$" && this.#traits.dollarQuotes) {
      const tag = matchAt(dollarTag, sql, start);
      if (tag !== null) {
        const close = sql.indexOf(tag, start + tag.length);
        this.#push("text", "", start, close < 0 ? sql.length : close + tag.length);
        return;
      }
    }
    const found =
      character === "{" ? this.#placeholder() : matchAt(character === "@" ? variable : numbered, sql, start);
    if (found === null) this.#symbol(1);
    else this.#push("variable", found, start, start + found.length);
  }

  /** `{{control}}` or `{% … %}`. Null when it is not closed. */
  #placeholder(): string | null {
    const sql = this.#sql;
    const end = placeholderEnds[sql[this.#at + 1] ?? ""];
    if (end === undefined || this.#missingEnds.has(end)) return null;
    const close = sql.indexOf(end, this.#at + 2);
    if (close >= 0) return sql.slice(this.#at, close + 2);
    this.#missingEnds.add(end);
    return null;
  }

  #quotedText(quote: string, escapes: boolean): void {
    const sql = this.#sql;
    const start = this.#at;
    if (this.#traits.tripleQuotes && sql.startsWith(quote.repeat(3), start)) {
      const close = sql.indexOf(quote.repeat(3), start + 3);
      this.#push("text", "", start, close < 0 ? sql.length : close + 3);
      return;
    }
    let end = start + 1;
    for (; end < sql.length; end++) {
      const character = sql[end];
      if (character === "\\" && escapes) end++;
      else if (character === quote && sql[end + 1] === quote) end++;
      else if (character === quote) break;
    }
    this.#push("text", sql.slice(start + 1, end), start, Math.min(end + 1, sql.length));
  }

  /** A doubled quote represents one quote character. */
  #quotedName(open: string, close: string): void {
    const sql = this.#sql;
    const start = this.#at;
    let end = start + 1;
    while (end < sql.length && !(sql[end] === close && sql[end + 1] !== close))
      end += sql[end] === close ? 2 : 1;
    const text = sql.slice(start + 1, end).replaceAll(close + close, close);
    this.#tokens.push({
      kind: "quoted",
      text,
      upper: "",
      quote: open,
      start,
      end: Math.min(end + 1, sql.length),
    });
    this.#at = end + 1;
  }

  /** True for the name `[dbo]`, false for the index in `items[1]`. */
  #isBracketName(): boolean {
    const last = this.#tokens.at(-1);
    const isIndex =
      last !== undefined && last.end === this.#at && last.text !== "." && last.kind !== "symbol";
    return !isIndex && /^\[[A-Za-z_#][^\]\n,]*\]/.test(this.#sql.slice(this.#at, this.#at + 200));
  }

  #push(kind: "text" | "variable", text: string, start: number, end: number): void {
    this.#tokens.push({ kind, text, upper: "", quote: "", start, end });
    this.#at = end;
  }
}

const dash = 45;
const slash = 47;
const star = 42;
const hash = 35;

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function isSpace(code: number): boolean {
  return (
    code <= 32 ||
    code === 0xa0 ||
    code === 0x3000 ||
    code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029
  );
}

function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    (code > 127 && !isSpace(code))
  );
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || code === 36;
}
