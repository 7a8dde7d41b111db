import type { ConditionNode, PlainConditionType, RunTags } from "@dagster-sigma/asset-graph";
import { type ConditionHost, requireVersion } from "../dagster-version/condition-host.ts";
import { isAtLeast } from "../dagster-version/host-features.ts";
import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import { assetKeyRecord } from "./asset-key-record.ts";
import { depsSelectionRecord } from "./deps-selection-record.ts";

/** Dagster's classes on the wire. */
const plainClasses: Readonly<Record<PlainConditionType, string>> = {
  missing: "MissingAutomationCondition",
  runInProgress: "InProgressAutomationCondition",
  backfillInProgress: "BackfillInProgressAutomationCondition",
  executionFailed: "FailedAutomationCondition",
  initialEvaluation: "InitialEvaluationCondition",
  willBeRequested: "WillBeRequestedCondition",
  newlyUpdated: "NewlyUpdatedCondition",
  newlyRequested: "NewlyRequestedCondition",
  codeVersionChanged: "CodeVersionChangedCondition",
  dataVersionChanged: "DataVersionChangedCondition",
  executedWithRootTarget: "LatestRunExecutedWithRootTargetCondition",
  anyDownstreamConditions: "AnyDownstreamConditionsCondition",
};

/** Minimum versions of Dagster above the oldest supported one, and names for messages. */
const minimums: Readonly<
  Partial<Record<ConditionNode["type"], readonly [since: readonly number[], name: string]>>
> = {
  dataVersionChanged: [[1, 10], "dataVersionChanged"],
  executedWithTags: [[1, 10, 10], "executedWithTags"],
  allNewUpdatesHaveRunTags: [[1, 11, 12], "allNewUpdatesHaveRunTags"],
  anyNewUpdateHasRunTags: [[1, 11, 12], "anyNewUpdateHasRunTags"],
  freshness: [[1, 12, 1], "a condition on freshness"],
  anyJobRootAssets: [[1, 13, 14], "anyJobRootAssetsMatch"],
  allJobRootAssets: [[1, 13, 14], "allJobRootAssetsMatch"],
};

const depsClasses = { anyDeps: "AnyDepsCondition", allDeps: "AllDepsCondition" } as const;
const checksClasses = { anyChecks: "AnyChecksCondition", allChecks: "AllChecksCondition" } as const;
const jobClasses = {
  anyJobRootAssets: "AnyJobRootAssetsMatchCondition",
  allJobRootAssets: "AllJobRootAssetsMatchCondition",
} as const;
const runTagClasses = {
  executedWithTags: "LatestRunExecutedWithTagsCondition",
  allNewUpdatesHaveRunTags: "AllNewUpdatesHaveRunTagsCondition",
  anyNewUpdateHasRunTags: "AnyNewUpdateHasRunTagsCondition",
} as const;

/**
 * A condition as Python serializes it, with fields in the same, alphabetical, order.
 *
 * @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED` if the host does not have it
 */
export function automationConditionRecord(node: ConditionNode, host: ConditionHost): WireRecord {
  requireVersion(host, ...(minimums[node.type] ?? [[], node.type]));
  const { label } = node;
  const inner = (operand: ConditionNode): WireRecord => automationConditionRecord(operand, host);
  switch (node.type) {
    case "and":
    case "or":
      return {
        __class__: node.type === "and" ? "AndAssetCondition" : "OrAssetCondition",
        label,
        operands: node.operands.map(inner),
      };
    case "not":
    case "newlyTrue":
      return {
        __class__: node.type === "not" ? "NotAssetCondition" : "NewlyTrueCondition",
        label,
        operand: inner(node.operand),
      };
    case "since":
      return {
        __class__: "SinceCondition",
        label,
        reset_condition: inner(node.reset),
        trigger_condition: inner(node.trigger),
      };
    case "assetMatches":
      return {
        __class__: "EntityMatchesCondition",
        key: assetKeyRecord(node.key),
        label,
        operand: inner(node.operand),
      };
    case "anyDeps":
    case "allDeps":
      return depsRecord(node, host);
    case "anyChecks":
    case "allChecks":
      return checksRecord(node, host);
    case "anyJobRootAssets":
    case "allJobRootAssets":
      return { __class__: jobClasses[node.type], label, operand: inner(node.operand) };
    default:
      return leafRecord(node);
  }
}

type NodeOf<Type extends ConditionNode["type"]> = Extract<ConditionNode, { readonly type: Type }>;

function depsRecord(node: NodeOf<"anyDeps" | "allDeps">, host: ConditionHost): WireRecord {
  if (node.resolvesVirtualDeps) requireVersion(host, [1, 13], "resolveThroughVirtual");
  return {
    __class__: depsClasses[node.type],
    allow_selection: depsSelectionRecord(node.allow, host),
    ignore_selection: depsSelectionRecord(node.ignore, host),
    label: node.label,
    operand: automationConditionRecord(node.operand, host),
    ...(isAtLeast(host.version, [1, 13]) ? { resolves_virtual_deps: node.resolvesVirtualDeps } : {}),
  };
}

function checksRecord(node: NodeOf<"anyChecks" | "allChecks">, host: ConditionHost): WireRecord {
  const hasSelections = isAtLeast(host.version, [1, 10, 10]);
  if (node.allow.length + node.ignore.length > 0)
    requireVersion(host, [1, 10, 10], "allow or ignore for checks");
  return {
    __class__: checksClasses[node.type],
    ...(hasSelections ? { allow_selection: depsSelectionRecord(node.allow, host) } : {}),
    blocking_only: node.blockingOnly,
    ...(hasSelections ? { ignore_selection: depsSelectionRecord(node.ignore, host) } : {}),
    label: node.label,
    operand: automationConditionRecord(node.operand, host),
  };
}

type LeafNode = Exclude<
  ConditionNode,
  { readonly operand: ConditionNode } | { readonly operands: readonly ConditionNode[] } | NodeOf<"since">
>;

function leafRecord(node: LeafNode): WireRecord {
  const { label } = node;
  switch (node.type) {
    case "checkResult":
      return { __class__: "CheckResultCondition", label, passed: node.passed };
    case "freshness":
      return {
        __class__: "FreshnessResultCondition",
        label,
        state: enumMember(`FreshnessState.${node.state}`),
      };
    case "cronTickPassed":
      return {
        __class__: "CronTickPassedCondition",
        cron_schedule: node.cronSchedule,
        cron_timezone: node.cronTimezone,
        label,
      };
    case "inLatestTimeWindow":
      return {
        __class__: "InLatestTimeWindowCondition",
        label,
        serializable_lookback_timedelta: timeDeltaRecord(node.lookbackSeconds),
      };
    case "executedWithTags":
    case "allNewUpdatesHaveRunTags":
    case "anyNewUpdateHasRunTags":
      return { __class__: runTagClasses[node.type], label, ...runTagFields(node) };
    default:
      return { __class__: plainClasses[node.type], label };
  }
}

function runTagFields({ tagKeys, tagValues }: RunTags): Readonly<Record<string, WireValue>> {
  return { tag_keys: tagKeys === null ? null : { __set__: tagKeys }, tag_values: tagValues };
}

function timeDeltaRecord(seconds: number | null): WireRecord | null {
  if (seconds === null) return null;
  return {
    __class__: "SerializableTimeDelta",
    days: Math.floor(seconds / 86_400),
    microseconds: 0,
    seconds: seconds % 86_400,
  };
}
