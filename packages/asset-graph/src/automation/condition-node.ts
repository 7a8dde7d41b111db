import type { AssetKey } from "../keys/asset-key.ts";

/** Conditions without parameters. */
export type PlainConditionType =
  | "missing"
  | "runInProgress"
  | "backfillInProgress"
  | "executionFailed"
  | "initialEvaluation"
  | "willBeRequested"
  | "newlyUpdated"
  | "newlyRequested"
  | "codeVersionChanged"
  | "dataVersionChanged"
  | "executedWithRootTarget"
  | "anyDownstreamConditions";

/** Which dependencies a condition considers: a selection, or a list of keys. */
export type DepsSelection =
  | {
      /** In Dagster's selection syntax. */
      readonly text: string;
      readonly includeSources: boolean;
    }
  | { readonly keys: readonly AssetKey[] };

/** Tags of runs; null if they are not compared. */
export interface RunTags {
  readonly tagKeys: readonly string[] | null;
  readonly tagValues: Readonly<Record<string, string>> | null;
}

/** The selections of a condition on dependencies or checks, latest first; empty if it considers all. */
export interface SelectedEntities {
  readonly allow: readonly DepsSelection[];
  readonly ignore: readonly DepsSelection[];
}

/** An automation condition as plain data. The fields are those of Dagster's classes. */
export type ConditionNode = { readonly label: string | null } & (
  | { readonly type: PlainConditionType }
  | { readonly type: "and" | "or"; readonly operands: readonly ConditionNode[] }
  | { readonly type: "not" | "newlyTrue"; readonly operand: ConditionNode }
  | { readonly type: "since"; readonly trigger: ConditionNode; readonly reset: ConditionNode }
  | { readonly type: "assetMatches"; readonly key: AssetKey; readonly operand: ConditionNode }
  | DepsCondition
  | ChecksCondition
  | { readonly type: "anyJobRootAssets" | "allJobRootAssets"; readonly operand: ConditionNode }
  | { readonly type: "checkResult"; readonly passed: boolean }
  | { readonly type: "freshness"; readonly state: "PASS" | "WARN" | "FAIL" }
  | { readonly type: "cronTickPassed"; readonly cronSchedule: string; readonly cronTimezone: string }
  | { readonly type: "inLatestTimeWindow"; readonly lookbackSeconds: number | null }
  | ({ readonly type: "executedWithTags" | "allNewUpdatesHaveRunTags" | "anyNewUpdateHasRunTags" } & RunTags)
);

/** A condition that is evaluated on dependencies. */
export interface DepsCondition extends SelectedEntities {
  readonly type: "anyDeps" | "allDeps";
  readonly operand: ConditionNode;
  /** Whether the upstream assets of a virtual asset take its place. */
  readonly resolvesVirtualDeps: boolean;
}

/** A condition that is evaluated on the checks of an asset. */
export interface ChecksCondition extends SelectedEntities {
  readonly type: "anyChecks" | "allChecks";
  readonly operand: ConditionNode;
  readonly blockingOnly: boolean;
}
