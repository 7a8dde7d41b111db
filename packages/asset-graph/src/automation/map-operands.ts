import type { ChecksCondition, ConditionNode, DepsCondition } from "./condition-node.ts";

type SelectingNode = ConditionNode & (DepsCondition | ChecksCondition);

/**
 * Whether `allow` and `ignore` apply to a condition or to its operands. As in Dagster, `newlyTrue` and `assetMatches`
 * do not pass them on to their operands.
 */
export function takesSelection(node: ConditionNode): boolean {
  return isSelecting(node) || ["and", "or", "not", "since"].includes(node.type);
}

/** Whether `resolveThroughVirtual` applies to a condition or to its operands. */
export function resolvesVirtual(node: ConditionNode): boolean {
  return takesSelection(node) && node.type !== "anyChecks" && node.type !== "allChecks";
}

/** Changes the conditions on dependencies and checks within a condition. */
export function mapSelecting(
  node: ConditionNode,
  change: (node: SelectingNode) => ConditionNode,
): ConditionNode {
  if (isSelecting(node)) return change(node);
  switch (node.type) {
    case "and":
    case "or":
    case "not":
    case "since":
      return mapOperands(node, (operand) => mapSelecting(operand, change));
    default:
      return node;
  }
}

function isSelecting(node: ConditionNode): node is SelectingNode {
  return (
    node.type === "anyDeps" ||
    node.type === "allDeps" ||
    node.type === "anyChecks" ||
    node.type === "allChecks"
  );
}

/** Changes the direct operands of a condition. Returns the same condition if it has none. */
export function mapOperands(
  node: ConditionNode,
  change: (operand: ConditionNode) => ConditionNode,
): ConditionNode {
  if ("operands" in node) return { ...node, operands: node.operands.map(change) };
  if ("operand" in node) return { ...node, operand: change(node.operand) };
  if ("trigger" in node) return { ...node, trigger: change(node.trigger), reset: change(node.reset) };
  return node;
}
