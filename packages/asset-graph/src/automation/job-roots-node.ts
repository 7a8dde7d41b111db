import { conditionName } from "./condition-name.ts";
import type { ConditionNode } from "./condition-node.ts";

const labels = {
  anyJobRootAssets: "any_job_root_assets_match",
  allJobRootAssets: "all_job_root_assets_match",
} as const;

/** The label contains that of the operand, as in Dagster. */
export function jobRootsNode(type: keyof typeof labels, operand: ConditionNode): ConditionNode {
  const inner = operand.label ?? conditionName(operand) ?? operand.type;
  return { type, operand, label: `${labels[type]}(${inner})` };
}
