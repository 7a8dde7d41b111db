import type { ConditionNode, PlainConditionType } from "./condition-node.ts";

const plainNames: Readonly<Record<PlainConditionType, string>> = {
  missing: "missing",
  runInProgress: "run_in_progress",
  backfillInProgress: "backfill_in_progress",
  executionFailed: "execution_failed",
  initialEvaluation: "initial_evaluation",
  willBeRequested: "will_be_requested",
  newlyUpdated: "newly_updated",
  newlyRequested: "newly_requested",
  codeVersionChanged: "code_version_changed",
  dataVersionChanged: "data_version_changed",
  executedWithRootTarget: "executed_with_root_target",
  anyDownstreamConditions: "ANY_DOWNSTREAM_CONDITIONS",
};

const operatorNames: Readonly<Record<string, string>> = {
  and: "AND",
  or: "OR",
  not: "NOT",
  since: "SINCE",
  newlyTrue: "NEWLY_TRUE",
  anyDeps: "ANY_DEPS_MATCH",
  allDeps: "ALL_DEPS_MATCH",
  anyChecks: "ANY_CHECKS_MATCH",
  allChecks: "ALL_CHECKS_MATCH",
  anyJobRootAssets: "ANY_JOB_ROOT_ASSETS_MATCH",
  allJobRootAssets: "ALL_JOB_ROOT_ASSETS_MATCH",
};

/**
 * Dagster's name of a condition, as its web UI shows it. Null if the name would contain parameters other than a cron schedule or
 * a key.
 */
export function conditionName(node: ConditionNode): string | null {
  switch (node.type) {
    case "assetMatches":
      return node.key.toUserString();
    case "checkResult":
      return node.passed ? "check_passed" : "check_failed";
    case "cronTickPassed":
      return `cron_tick_passed(cron_schedule=${node.cronSchedule}, cron_timezone=${node.cronTimezone})`;
    case "inLatestTimeWindow":
      return node.lookbackSeconds === null ? "in_latest_time_window" : null;
    case "freshness":
    case "executedWithTags":
    case "allNewUpdatesHaveRunTags":
    case "anyNewUpdateHasRunTags":
      return null;
    case "anyDeps":
    case "allDeps":
      return isRestricted(node) || node.resolvesVirtualDeps ? null : (operatorNames[node.type] ?? null);
    case "anyChecks":
    case "allChecks":
      return isRestricted(node) || node.blockingOnly ? null : (operatorNames[node.type] ?? null);
    default:
      return node.type in plainNames
        ? plainNames[node.type as PlainConditionType]
        : (operatorNames[node.type] ?? null);
  }
}

function isRestricted({
  allow,
  ignore,
}: {
  readonly allow: readonly object[];
  readonly ignore: readonly object[];
}): boolean {
  return allow.length > 0 || ignore.length > 0;
}
