import { parseBareKey } from "./parse-bare-key.ts";
import { readTokens } from "./read-tokens.ts";
import type { SelectionExpression } from "./selection-expression.ts";
import { SelectionParser } from "./selection-parser.ts";
import { SelectionSyntaxError } from "./selection-syntax-error.ts";

/**
 * Parses a selection like `AssetSelection.from_string` of dagster 1.13.27: an expression such as `+key:"revenue" and
 * not kind:"table"`, or else a bare key with legacy traversals, such as `*sales/orders+`.
 *
 * @throws SelectionSyntaxError `SELECTION_SYNTAX` with the position and what was expected there;
 * `SELECTION_NEEDS_INSTANCE` for an attribute that only a running Dagster can evaluate, in an otherwise valid text
 */
export function parseSelection(text: string): SelectionExpression {
  try {
    return new SelectionParser(readTokens(text)).parse();
  } catch (thrown) {
    if (!(thrown instanceof SelectionSyntaxError)) throw thrown;
    const bare = thrown.code === "SELECTION_SYNTAX" ? parseBareKey(text) : null;
    if (bare === null) throw thrown;
    return bare;
  }
}
