import type { ConditionNode, PlainConditionType } from "./condition-node.ts";

/** A condition without parameters. */
export function plainNode(type: PlainConditionType): ConditionNode {
  return { type, label: null };
}

/** Joins operands; unlabeled operands of the same type are merged into the result, as in Dagster. */
export function joinNodes(type: "and" | "or", ...operands: readonly ConditionNode[]): ConditionNode {
  const merged = operands.flatMap((node) =>
    node.type === type && node.label === null ? node.operands : [node],
  );
  return { type, operands: merged, label: null };
}

export function notNode(operand: ConditionNode): ConditionNode {
  return { type: "not", operand, label: null };
}

export function newlyTrueNode(operand: ConditionNode): ConditionNode {
  return { type: "newlyTrue", operand, label: null };
}

export function sinceNode(trigger: ConditionNode, reset: ConditionNode): ConditionNode {
  return { type: "since", trigger, reset, label: null };
}

/** Since the asset was last requested, updated, or got a changed condition. */
export function sinceLastHandledNode(trigger: ConditionNode): ConditionNode {
  const handled = joinNodes(
    "or",
    plainNode("newlyRequested"),
    plainNode("newlyUpdated"),
    plainNode("initialEvaluation"),
  );
  return sinceNode(trigger, labelNode(handled, "handled"));
}

export function depsNode(type: "anyDeps" | "allDeps", operand: ConditionNode): ConditionNode {
  return { type, operand, allow: [], ignore: [], resolvesVirtualDeps: false, label: null };
}

export function checksNode(
  type: "anyChecks" | "allChecks",
  operand: ConditionNode,
  blockingOnly: boolean,
): ConditionNode {
  return { type, operand, blockingOnly, allow: [], ignore: [], label: null };
}

export function labelNode(node: ConditionNode, label: string | null): ConditionNode {
  return { ...node, label };
}
