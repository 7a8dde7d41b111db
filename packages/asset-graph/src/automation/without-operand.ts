import { AssetGraphError } from "../errors.ts";
import type { ConditionNode } from "./condition-node.ts";
import { areEqual } from "./replace-node.ts";

/**
 * Removes an operand from a condition that was made with `and`.
 *
 * @throws AssetGraphError `INVALID_AUTOMATION_CONDITION` if it is not an operand, or fewer than two would remain
 */
export function withoutOperand(node: ConditionNode, operand: ConditionNode): ConditionNode {
  if (node.type !== "and")
    throw refused(
      "without applies only to conditions made with and.",
      "Use it on a condition such as eager().",
    );
  const operands = node.operands.filter((other) => !areEqual(other, operand));
  if (operands.length === node.operands.length)
    throw refused(
      "without did not find the condition among the operands.",
      "Pass an operand itself, for example AutomationCondition.anyDepsMissing().not() for eager().",
    );
  if (operands.length < 2)
    throw refused("without would leave fewer than two operands.", "Use the remaining condition itself.");
  return { ...node, operands };
}

function refused(message: string, hint: string): AssetGraphError {
  return new AssetGraphError("INVALID_AUTOMATION_CONDITION", message, hint);
}
