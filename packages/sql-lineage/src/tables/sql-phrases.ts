import type { DialectTraits } from "../dialects/dialect-traits.ts";
import type { SqlToken } from "./lex-sql.ts";
import { readSqlName } from "./read-sql-name.ts";
import { afterAs } from "./sql-keywords.ts";

/** The keyword at a position. Empty for anything else, such as a name after a dot or an alias after AS. */
export function keywordAt(tokens: readonly SqlToken[], at: number): string {
  const { upper } = tokens[at] ?? { upper: "" };
  if (upper === "") return "";
  const before = tokens[at - 1];
  if (before?.text === "." || tokens[at + 1]?.text === ".") return "";
  return before?.upper === "AS" && !afterAs.has(upper) ? "" : upper;
}

/** Whether a row of VALUES begins at a token: `(1, 'a')`, or `1` for rows of one column. */
export function isRow(token: SqlToken | undefined): boolean {
  return token?.text === "(" || token?.kind === "text" || /^\d/.test(token?.text ?? "");
}

/** Whether the parenthesis at a position belongs to `TABLE(name)`, not to `TABLE(function(…))`. */
export function isTableArgument(tokens: readonly SqlToken[], at: number, traits: DialectTraits): boolean {
  const { parts, next } = readSqlName(tokens, at + 1, traits);
  return parts.length > 0 && tokens[next]?.text === ")";
}

/** Whether the FROM at a position belongs to `a is [not] distinct from b`. */
export function isDistinctFrom(tokens: readonly SqlToken[], at: number): boolean {
  const before = tokens[at - 2]?.upper;
  return tokens[at - 1]?.upper === "DISTINCT" && (before === "IS" || before === "NOT");
}

/** Whether the FROM before a position belongs to `nth_value(x, 2) from first over (…)`. */
export function isFromFirst(tokens: readonly SqlToken[], at: number): boolean {
  const [end, then] = [tokens[at]?.upper, tokens[at + 1]?.upper];
  return (end === "FIRST" || end === "LAST") && (then === "OVER" || then === "RESPECT" || then === "IGNORE");
}
