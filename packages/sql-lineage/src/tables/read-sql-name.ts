import type { DialectTraits } from "../dialects/dialect-traits.ts";
import type { SqlToken } from "./lex-sql.ts";

/** A name whose parts are separated by dots. */
export interface SqlName {
  /** Empty if no name begins at the token. */
  readonly parts: readonly string[];
  /** The index of the token after the name. */
  readonly next: number;
}

/** Reads a name such as `a.b.c` that begins at a token. A part between two dots may be missing (`db..table`). */
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
    } else {
      break;
    }
    if (!isDot(tokens[next])) break;
    next++;
  }
  return { parts, next };
}

/** Splits a name at its dots. A project may begin with a domain, which contains dots: `a.com:project.dataset.table`. */
export function splitName(text: string): readonly string[] {
  const colon = text.indexOf(":");
  const projectEnd = colon < 0 ? -1 : text.indexOf(".", colon);
  if (projectEnd < 0) return text.split(".");
  return [text.slice(0, projectEnd), ...text.slice(projectEnd + 1).split(".")];
}

function isDot(token: SqlToken | undefined): boolean {
  return token?.kind === "symbol" && token.text === ".";
}

/** Reads `my-project`: words joined by dashes without spaces. */
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

/** A name in the form in which the dialect compares names. */
export function comparableName(token: SqlToken, { unquotedCase }: DialectTraits): string {
  if (unquotedCase === "fold") return token.text.toLowerCase();
  if (token.kind === "quoted") return token.text;
  return unquotedCase === "upper" ? token.upper : token.text.toLowerCase();
}
