import { AssetGraphError } from "../errors.ts";
import type { AssetKey } from "../keys/asset-key.ts";
import { parseSelection, type SelectionExpression } from "../selection/index.ts";
import type { DepsSelection } from "./condition-node.ts";

/** Options of the selection given to `allow` and `ignore`. */
export interface DepsSelectionOptions {
  /**
   * Whether `*`, `not` and the attributes `group`, `kind` and `tag` also select external assets. Default: false, as in
   * Dagster. Keys always do.
   */
  readonly includeSources?: boolean;
}

/**
 * @throws SelectionSyntaxError for an invalid selection; AssetGraphError `INVALID_AUTOMATION_CONDITION` for one that
 * Dagster's daemon cannot evaluate
 */
export function depsSelection(
  selection: string | Iterable<AssetKey>,
  { includeSources = false }: DepsSelectionOptions,
): DepsSelection {
  if (typeof selection !== "string") return { keys: [...selection] };
  checkEvaluable(parseSelection(selection), selection);
  return { text: selection, includeSources };
}

/** Dagster parses these, but each evaluation of the condition would fail. */
function checkEvaluable(expression: SelectionExpression, text: string): void {
  if ("operands" in expression) for (const operand of expression.operands) checkEvaluable(operand, text);
  else if ("operand" in expression) checkEvaluable(expression.operand, text);
  else if (
    expression.type === "attribute" &&
    (expression.attribute === "column" || expression.attribute === "table_name")
  )
    throw refused(text, `the attribute ${expression.attribute}`);
  else if (expression.type === "tag" && expression.key === null) throw refused(text, "the tag <null>");
}

function refused(text: string, what: string): AssetGraphError {
  return new AssetGraphError(
    "INVALID_AUTOMATION_CONDITION",
    `The selection ${text} contains ${what}, which Dagster cannot evaluate in automation conditions.`,
    "Select by key, group, kind, tag or owner.",
  );
}
