import { conditionName } from "./condition-name.ts";
import type { ConditionNode } from "./condition-node.ts";
import { mapOperands } from "./map-operands.ts";

/**
 * Replaces conditions that are equal to `old`, or have it as label or name. As in Dagster, the operands of `newlyTrue`
 * and of conditions on checks and jobs stay.
 */
export function replaceNode(
  node: ConditionNode,
  old: ConditionNode | string,
  replacement: ConditionNode,
): ConditionNode {
  if (matches(node, old)) return replacement;
  switch (node.type) {
    case "and":
    case "or":
    case "not":
    case "since":
    case "assetMatches":
    case "anyDeps":
    case "allDeps":
      return mapOperands(node, (operand) => replaceNode(operand, old, replacement));
    default:
      return node;
  }
}

function matches(node: ConditionNode, old: ConditionNode | string): boolean {
  if (typeof old === "string") return node.label === old || conditionName(node) === old;
  return areEqual(node, old);
}

/** Nodes are plain data whose fields are always in the same order. */
export function areEqual(a: ConditionNode, b: ConditionNode): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
