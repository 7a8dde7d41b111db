import { AssetGraphError } from "../errors.ts";
import { AssetKey, type CoercibleToAssetKey } from "../keys/asset-key.ts";
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
import { checkCron } from "./check-cron.ts";
import type { ConditionNode, DepsSelection } from "./condition-node.ts";
import { type DepsSelectionOptions, depsSelection } from "./deps-selection.ts";
import { jobRootsNode } from "./job-roots-node.ts";
import { latestTimeWindowNode } from "./latest-time-window.ts";
import { mapSelecting, resolvesVirtual, takesSelection } from "./map-operands.ts";
import {
  allDepsBlockingChecksPassedNode,
  allDepsUpdatedSinceCronNode,
  anyDepsInProgressNode,
  anyDepsMissingNode,
  anyDepsUpdatedNode,
  cronTickPassedNode,
  eagerNode,
  inProgressNode,
  newlyMissingNode,
  onCronNode,
  onMissingNode,
} from "./ready-nodes.ts";
import { areEqual, replaceNode } from "./replace-node.ts";
import { type RunTagsOptions, runTags } from "./run-tags.ts";
import { withoutOperand } from "./without-operand.ts";

/** Options of conditions on the checks of an asset. */
export interface ChecksMatchOptions {
  /** Whether only blocking checks count. Default: false. */
  readonly blockingOnly?: boolean;
}

/**
 * When Dagster materializes an asset by itself: Dagster's `AutomationCondition`, whose names it has in camelCase.
 * Immutable; it describes a condition, and Dagster's daemon evaluates it.
 *
 *     AutomationCondition.eager().and(AutomationCondition.inProgress().not())
 */
export class AutomationCondition {
  /** The condition as plain data. */
  readonly node: ConditionNode;

  private constructor(node: ConditionNode) {
    this.node = node;
  }

  /** When a dependency was updated, unless a dependency is missing or in progress, or the asset itself is. */
  static eager(): AutomationCondition {
    return new AutomationCondition(eagerNode());
  }

  /**
   * Once per tick of a cron schedule, after all dependencies were updated since that tick.
   *
   * @param cronTimezone a name of the IANA database; default: `UTC`
   * @throws AssetGraphError `INVALID_AUTOMATION_CONDITION`
   */
  static onCron(cronSchedule: string, cronTimezone = "UTC"): AutomationCondition {
    return new AutomationCondition(onCronNode(checkCron(cronSchedule, cronTimezone)));
  }

  /** When the asset becomes missing, once no dependency is missing. */
  static onMissing(): AutomationCondition {
    return new AutomationCondition(onMissingNode());
  }

  /** True if a dependency was updated since the last evaluation, or will be requested in this one. */
  static anyDepsUpdated(): AutomationCondition {
    return new AutomationCondition(anyDepsUpdatedNode());
  }

  /** True if a dependency was never materialized and will not be requested in this evaluation. */
  static anyDepsMissing(): AutomationCondition {
    return new AutomationCondition(anyDepsMissingNode());
  }

  /** True if a run or backfill is going to materialize a dependency. */
  static anyDepsInProgress(): AutomationCondition {
    return new AutomationCondition(anyDepsInProgressNode());
  }

  /** True if a condition is true for at least one dependency. */
  static anyDepsMatch(condition: AutomationCondition): AutomationCondition {
    return new AutomationCondition(depsNode("anyDeps", nodeOf(condition)));
  }

  /** True if a condition is true for each dependency. */
  static allDepsMatch(condition: AutomationCondition): AutomationCondition {
    return new AutomationCondition(depsNode("allDeps", nodeOf(condition)));
  }

  /** True if each dependency was updated since the last tick of a cron schedule. Arguments as for `onCron`. */
  static allDepsUpdatedSinceCron(cronSchedule: string, cronTimezone = "UTC"): AutomationCondition {
    return new AutomationCondition(allDepsUpdatedSinceCronNode(checkCron(cronSchedule, cronTimezone)));
  }

  /** True if the blocking checks of each dependency passed, or will be requested in this evaluation. */
  static allDepsBlockingChecksPassed(): AutomationCondition {
    return new AutomationCondition(allDepsBlockingChecksPassedNode());
  }

  /** True if a condition is true for at least one check of the asset. */
  static anyChecksMatch(
    condition: AutomationCondition,
    { blockingOnly = false }: ChecksMatchOptions = {},
  ): AutomationCondition {
    return new AutomationCondition(checksNode("anyChecks", nodeOf(condition), blockingOnly));
  }

  /** True if a condition is true for each check of the asset. */
  static allChecksMatch(
    condition: AutomationCondition,
    { blockingOnly = false }: ChecksMatchOptions = {},
  ): AutomationCondition {
    return new AutomationCondition(checksNode("allChecks", nodeOf(condition), blockingOnly));
  }

  /** True if a condition is true for another asset, which need not be a dependency. */
  static assetMatches(key: CoercibleToAssetKey, condition: AutomationCondition): AutomationCondition {
    const operand = nodeOf(condition);
    return new AutomationCondition({ type: "assetMatches", key: AssetKey.from(key), operand, label: null });
  }

  /** For jobs: true if a condition is true for at least one asset of the job without upstream assets in it. */
  static anyJobRootAssetsMatch(condition: AutomationCondition): AutomationCondition {
    return new AutomationCondition(jobRootsNode("anyJobRootAssets", nodeOf(condition)));
  }

  /** For jobs: true if a condition is true for each asset of the job without upstream assets in it. */
  static allJobRootAssetsMatch(condition: AutomationCondition): AutomationCondition {
    return new AutomationCondition(jobRootsNode("allJobRootAssets", nodeOf(condition)));
  }

  /** True if the asset was never materialized. */
  static missing(): AutomationCondition {
    return new AutomationCondition(plainNode("missing"));
  }

  /** True in the evaluation in which the asset becomes missing. */
  static newlyMissing(): AutomationCondition {
    return new AutomationCondition(newlyMissingNode());
  }

  /** True if a run or backfill is going to materialize the asset. */
  static inProgress(): AutomationCondition {
    return new AutomationCondition(inProgressNode());
  }

  /** True if a run is going to materialize the asset. */
  static runInProgress(): AutomationCondition {
    return new AutomationCondition(plainNode("runInProgress"));
  }

  /** True if a backfill is going to materialize the asset. */
  static backfillInProgress(): AutomationCondition {
    return new AutomationCondition(plainNode("backfillInProgress"));
  }

  /** True if the last run of the asset failed. */
  static executionFailed(): AutomationCondition {
    return new AutomationCondition(plainNode("executionFailed"));
  }

  /** True if the asset was updated since the last evaluation. */
  static newlyUpdated(): AutomationCondition {
    return new AutomationCondition(plainNode("newlyUpdated"));
  }

  /** True if the asset was requested in the last evaluation. */
  static newlyRequested(): AutomationCondition {
    return new AutomationCondition(plainNode("newlyRequested"));
  }

  /** True if the asset will be requested in this evaluation. */
  static willBeRequested(): AutomationCondition {
    return new AutomationCondition(plainNode("willBeRequested"));
  }

  /** True in the first evaluation of the condition. */
  static initialEvaluation(): AutomationCondition {
    return new AutomationCondition(plainNode("initialEvaluation"));
  }

  /** True if the code version of the asset changed since the last evaluation. */
  static codeVersionChanged(): AutomationCondition {
    return new AutomationCondition(plainNode("codeVersionChanged"));
  }

  /** True if the data version of the asset changed since the last evaluation. Dagster 1.10 or newer. */
  static dataVersionChanged(): AutomationCondition {
    return new AutomationCondition(plainNode("dataVersionChanged"));
  }

  /** True if a tick of a cron schedule passed since the last evaluation. Arguments as for `onCron`. */
  static cronTickPassed(cronSchedule: string, cronTimezone = "UTC"): AutomationCondition {
    return new AutomationCondition(cronTickPassedNode(checkCron(cronSchedule, cronTimezone)));
  }

  /**
   * True for the latest time partition, and for all partitions within the lookback; always true without partitions.
   *
   * @throws AssetGraphError `INVALID_AUTOMATION_CONDITION`
   */
  static inLatestTimeWindow(options: { readonly lookbackSeconds?: number } = {}): AutomationCondition {
    return new AutomationCondition(latestTimeWindowNode(options.lookbackSeconds ?? null));
  }

  /** For checks: true if the check passed for the latest materialization of its asset. */
  static checkPassed(): AutomationCondition {
    return new AutomationCondition({ type: "checkResult", passed: true, label: null });
  }

  /** For checks: true if the check failed for the latest materialization of its asset. */
  static checkFailed(): AutomationCondition {
    return new AutomationCondition({ type: "checkResult", passed: false, label: null });
  }

  /** True if the asset meets its freshness policy. Dagster 1.12.1 or newer. */
  static freshnessPassed(): AutomationCondition {
    return new AutomationCondition({ type: "freshness", state: "PASS", label: "freshness_passed" });
  }

  /** True if the freshness policy of the asset warns. Dagster 1.12.1 or newer. */
  static freshnessWarned(): AutomationCondition {
    return new AutomationCondition({ type: "freshness", state: "WARN", label: "freshness_warned" });
  }

  /** True if the asset does not meet its freshness policy. Dagster 1.12.1 or newer. */
  static freshnessFailed(): AutomationCondition {
    return new AutomationCondition({ type: "freshness", state: "FAIL", label: "freshness_failed" });
  }

  /** True if the last run that updated the asset also targeted the asset whose condition is evaluated. */
  static executedWithRootTarget(): AutomationCondition {
    return new AutomationCondition(plainNode("executedWithRootTarget"));
  }

  /** True if the last run that updated the asset has all of these tags. Dagster 1.10.10 or newer. */
  static executedWithTags(tags: RunTagsOptions = {}): AutomationCondition {
    return new AutomationCondition({ type: "executedWithTags", ...runTags(tags), label: null });
  }

  /** True if all updates since the last evaluation come from runs with these tags. Dagster 1.11.12 or newer. */
  static allNewUpdatesHaveRunTags(tags: RunTagsOptions = {}): AutomationCondition {
    return new AutomationCondition({ type: "allNewUpdatesHaveRunTags", ...runTags(tags), label: null });
  }

  /** True if an update since the last evaluation comes from a run with these tags. Dagster 1.11.12 or newer. */
  static anyNewUpdateHasRunTags(tags: RunTagsOptions = {}): AutomationCondition {
    return new AutomationCondition({ type: "anyNewUpdateHasRunTags", ...runTags(tags), label: null });
  }

  /** True if the condition of a downstream asset is true. */
  static anyDownstreamConditions(): AutomationCondition {
    return new AutomationCondition(plainNode("anyDownstreamConditions"));
  }

  /** Dagster's `&`. */
  and(other: AutomationCondition): AutomationCondition {
    return new AutomationCondition(joinNodes("and", this.node, nodeOf(other)));
  }

  /** Dagster's `|`. */
  or(other: AutomationCondition): AutomationCondition {
    return new AutomationCondition(joinNodes("or", this.node, nodeOf(other)));
  }

  /** Dagster's `~`. */
  not(): AutomationCondition {
    return new AutomationCondition(notNode(this.node));
  }

  /** True if this condition was true at any time since the other one last became true. */
  since(reset: AutomationCondition): AutomationCondition {
    return new AutomationCondition(sinceNode(this.node, nodeOf(reset)));
  }

  /** True if this condition became true since the asset was last requested or updated, or its condition changed. */
  sinceLastHandled(): AutomationCondition {
    return new AutomationCondition(sinceLastHandledNode(this.node));
  }

  /** True in the evaluation in which this condition becomes true. */
  newlyTrue(): AutomationCondition {
    return new AutomationCondition(newlyTrueNode(this.node));
  }

  /** Shown in Dagster's web UI; null for none. */
  withLabel(label: string | null): AutomationCondition {
    return new AutomationCondition(labelNode(this.node, label));
  }

  /**
   * Restricts the conditions on dependencies within this condition to these assets. Further calls add assets.
   *
   * @param selection in Dagster's selection syntax, or keys
   * @throws SelectionSyntaxError; AssetGraphError `INVALID_AUTOMATION_CONDITION` if no condition within this one is
   * about dependencies, or if Dagster cannot evaluate the selection
   */
  allow(selection: string | Iterable<AssetKey>, options: DepsSelectionOptions = {}): AutomationCondition {
    return this.#select("allow", depsSelection(selection, options));
  }

  /** Excludes these assets from the conditions on dependencies within this condition. Parameters as for `allow`. */
  ignore(selection: string | Iterable<AssetKey>, options: DepsSelectionOptions = {}): AutomationCondition {
    return this.#select("ignore", depsSelection(selection, options));
  }

  /**
   * Lets the conditions on dependencies within this condition look through virtual assets, at the assets upstream of
   * them. Dagster 1.13 or newer.
   *
   * @throws AssetGraphError `INVALID_AUTOMATION_CONDITION` if no condition within this one is about dependencies
   */
  resolveThroughVirtual(value = true): AutomationCondition {
    if (!resolvesVirtual(this.node)) throw withoutDeps("resolveThroughVirtual");
    return new AutomationCondition(
      mapSelecting(this.node, (node) =>
        "resolvesVirtualDeps" in node ? { ...node, resolvesVirtualDeps: value } : node,
      ),
    );
  }

  /**
   * A copy of a condition made with `and`, without one of its operands.
   *
   * @throws AssetGraphError `INVALID_AUTOMATION_CONDITION` if it is not an operand, or if fewer than two would be left
   */
  without(condition: AutomationCondition): AutomationCondition {
    return new AutomationCondition(withoutOperand(this.node, nodeOf(condition)));
  }

  /**
   * A copy in which another condition takes the place of a condition within this one.
   *
   * @param old a condition, a label such as `any_deps_missing`, or a name of Dagster such as `will_be_requested`
   */
  replace(old: AutomationCondition | string, replacement: AutomationCondition): AutomationCondition {
    const wanted = typeof old === "string" ? old : nodeOf(old);
    return new AutomationCondition(replaceNode(this.node, wanted, nodeOf(replacement)));
  }

  /** Whether both describe the same condition, including labels. */
  equals(other: AutomationCondition): boolean {
    return areEqual(this.node, other.node);
  }

  #select(method: "allow" | "ignore", selection: DepsSelection): AutomationCondition {
    if (!takesSelection(this.node)) throw withoutDeps(method);
    return new AutomationCondition(
      mapSelecting(this.node, (node) => ({ ...node, [method]: [selection, ...node[method]] })),
    );
  }
}

/** @throws AssetGraphError `INVALID_AUTOMATION_CONDITION`, mainly for a constructor that was not called */
function nodeOf(condition: AutomationCondition): ConditionNode {
  if (condition instanceof AutomationCondition) return condition.node;
  throw new AssetGraphError(
    "INVALID_AUTOMATION_CONDITION",
    `An automation condition was expected, not ${typeof condition === "function" ? "a function" : "another value"}.`,
    "Call the function, for example AutomationCondition.missing().",
  );
}

function withoutDeps(method: string): AssetGraphError {
  return new AssetGraphError(
    "INVALID_AUTOMATION_CONDITION",
    `${method} applies to conditions on dependencies, and to conditions made of them.`,
    "Call it on a condition such as AutomationCondition.anyDepsUpdated() or eager().",
  );
}
