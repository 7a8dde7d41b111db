import { parseBareKey } from "./parse-bare-key.ts";
import { readTokens } from "./read-tokens.ts";
import type { SelectionExpression } from "./selection-expression.ts";
import { SelectionParser } from "./selection-parser.ts";
import { SelectionSyntaxError } from "./selection-syntax-error.ts";

/**
 * Reads a selection as `AssetSelection.from_string` of dagster 1.13.27 does: an expression such as
 * `+key:"revenue" and not kind:"table"`, or else a bare key with its old traversals, such as `*sales/orders+`.
 *
 * @throws SelectionSyntaxError `SELECTION_SYNTAX` with the place and what was expected there;
 *   `SELECTION_NEEDS_INSTANCE` for an attribute that only a running Dagster can answer, in a text that is valid otherwise.
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
