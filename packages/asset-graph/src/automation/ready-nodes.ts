// Conditions that Dagster composes of others (dagster 1.13.27, `automation_condition.py`).
import {
  checksNode,
  depsNode,
  joinNodes,
  labelNode,
  newlyTrueNode,
  notNode,
  plainNode,
  sinceLastHandledNode,
  sinceNode,
} from "./build-node.ts";
import type { ConditionNode } from "./condition-node.ts";
import { latestTimeWindowNode } from "./latest-time-window.ts";

/** A cron schedule and its time zone. */
interface Cron {
  readonly cronSchedule: string;
  readonly cronTimezone: string;
}

export function inProgressNode(): ConditionNode {
  return labelNode(
    joinNodes("or", plainNode("runInProgress"), plainNode("backfillInProgress")),
    "in_progress",
  );
}

export function newlyMissingNode(): ConditionNode {
  return labelNode(newlyTrueNode(plainNode("missing")), "newly_missing");
}

export function anyDepsUpdatedNode(): ConditionNode {
  const withoutRoot = joinNodes(
    "and",
    plainNode("newlyUpdated"),
    notNode(plainNode("executedWithRootTarget")),
  );
  const updated = labelNode(withoutRoot, "newly_updated_without_root");
  return labelNode(
    depsNode("anyDeps", joinNodes("or", updated, plainNode("willBeRequested"))),
    "any_deps_updated",
  );
}

export function anyDepsMissingNode(): ConditionNode {
  const missing = joinNodes("and", plainNode("missing"), notNode(plainNode("willBeRequested")));
  return labelNode(depsNode("anyDeps", missing), "any_deps_missing");
}

export function anyDepsInProgressNode(): ConditionNode {
  return labelNode(depsNode("anyDeps", inProgressNode()), "any_deps_in_progress");
}

export function allDepsBlockingChecksPassedNode(): ConditionNode {
  const passed = joinNodes(
    "or",
    { type: "checkResult", passed: true, label: null },
    plainNode("willBeRequested"),
  );
  const checks = labelNode(checksNode("allChecks", passed, true), "all_blocking_checks_passed");
  return labelNode(depsNode("allDeps", checks), "all_deps_blocking_checks_passed");
}

export function cronTickPassedNode({ cronSchedule, cronTimezone }: Cron): ConditionNode {
  return { type: "cronTickPassed", cronSchedule, cronTimezone, label: null };
}

export function allDepsUpdatedSinceCronNode(cron: Cron): ConditionNode {
  const updated = sinceNode(plainNode("newlyUpdated"), cronTickPassedNode(cron));
  return labelNode(
    depsNode("allDeps", joinNodes("or", updated, plainNode("willBeRequested"))),
    `all_deps_updated_since_cron(${cron.cronSchedule}, ${cron.cronTimezone})`,
  );
}

export function eagerNode(): ConditionNode {
  const triggered = joinNodes("or", newlyMissingNode(), anyDepsUpdatedNode());
  const eager = joinNodes(
    "and",
    latestTimeWindowNode(null),
    sinceLastHandledNode(triggered),
    notNode(anyDepsMissingNode()),
    notNode(anyDepsInProgressNode()),
    notNode(inProgressNode()),
  );
  return labelNode(eager, "eager");
}

export function onCronNode(cron: Cron): ConditionNode {
  const onCron = joinNodes(
    "and",
    latestTimeWindowNode(null),
    sinceLastHandledNode(cronTickPassedNode(cron)),
    allDepsUpdatedSinceCronNode(cron),
  );
  return labelNode(onCron, `on_cron(${cron.cronSchedule}, ${cron.cronTimezone})`);
}

export function onMissingNode(): ConditionNode {
  const missing = sinceLastHandledNode(newlyTrueNode(plainNode("missing")));
  const onMissing = joinNodes(
    "and",
    latestTimeWindowNode(null),
    labelNode(missing, "missing_since_last_handled"),
    notNode(anyDepsMissingNode()),
  );
  return labelNode(onMissing, "on_missing");
}
