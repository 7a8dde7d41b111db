import type { DialectTraits } from "../dialects/dialect-traits.ts";
import type { SqlToken } from "./lex-sql.ts";

/** A name with dots as it was read. */
export interface SqlName {
  /** Empty where no name stands. */
  readonly parts: readonly string[];
  /** The token behind it. */
  readonly next: number;
}

/** Reads `a.b.c` from a token on; a part between two dots may be missing (`db..table`). */
export function readSqlName(tokens: readonly SqlToken[], at: number, traits: DialectTraits): SqlName {
  const parts: string[] = [];
  let next = at;
  for (let token = tokens[next]; token !== undefined; token = tokens[next]) {
    if (token.kind === "word" || token.kind === "quoted") {
      const isSplit = token.quote === "`" && traits.splitsBackticks;
      next++;
      if (isSplit) parts.push(...splitName(token.text));
      else if (token.kind === "word" && traits.dashedNames) next = readDashed(tokens, next, token, parts);
      else parts.push(token.text);
    } else if (token.text === "." && token.kind === "symbol" && parts.length > 0) {
      parts.push("");
    } else if (token.text === "*" && token.kind === "symbol" && parts.length > 0) {
      parts.push("*");
      next++;
    } else {
      break;
    }
    if (!isDot(tokens[next])) break;
    next++;
  }
  return { parts, next };
}

/** At its dots; a project may have a domain before a colon, with dots of its own: `a.com:project.dataset.table`. */
function splitName(text: string): readonly string[] {
  const colon = text.indexOf(":");
  const projectEnd = colon < 0 ? -1 : text.indexOf(".", colon);
  if (projectEnd < 0) return text.split(".");
  return [text.slice(0, projectEnd), ...text.slice(projectEnd + 1).split(".")];
}

function isDot(token: SqlToken | undefined): boolean {
  return token?.kind === "symbol" && token.text === ".";
}

/** `my-project`: words with dashes and no space between. */
function readDashed(tokens: readonly SqlToken[], at: number, first: SqlToken, parts: string[]): number {
  let text = first.text;
  let end = first.end;
  let next = at;
  for (;;) {
    const [dash, word] = [tokens[next], tokens[next + 1]];
    const isJoined =
      dash?.text === "-" && dash.start === end && word?.kind === "word" && word.start === dash.end;
    if (!isJoined) break;
    text += `-${word.text}`;
    end = word.end;
    next += 2;
  }
  parts.push(text);
  return next;
}

/** A name as the dialect compares it with others. */
export function comparableName(token: SqlToken, { unquotedCase }: DialectTraits): string {
  if (unquotedCase === "fold") return token.text.toLowerCase();
  if (token.kind === "quoted") return token.text;
  return unquotedCase === "upper" ? token.upper : token.text.toLowerCase();
}
