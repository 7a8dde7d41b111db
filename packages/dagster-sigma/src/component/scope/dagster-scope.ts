import { AssetKey, AutomationCondition, FreshnessPolicy } from "@dagster-sigma/asset-graph";
import { errorText } from "@dagster-sigma/foundation";
import {
  type Members,
  ScopeFunction,
  ScopeObject,
  TemplateProblem,
  type TemplateValue,
} from "../template/scope-object.ts";

type Given = Readonly<Record<string, TemplateValue>>;

/** Functions of `AutomationCondition` without parameters, by their names in Python. */
const plainConditions: readonly string[] = [
  "all_deps_blocking_checks_passed",
  "any_deps_in_progress",
  "any_deps_missing",
  "any_deps_updated",
  "any_downstream_conditions",
  "backfill_in_progress",
  "check_failed",
  "check_passed",
  "code_version_changed",
  "data_version_changed",
  "eager",
  "executed_with_root_target",
  "execution_failed",
  "freshness_failed",
  "freshness_passed",
  "freshness_warned",
  "in_progress",
  "initial_evaluation",
  "missing",
  "newly_missing",
  "newly_requested",
  "newly_updated",
  "on_missing",
  "run_in_progress",
  "will_be_requested",
];
const cronConditions: readonly string[] = ["all_deps_updated_since_cron", "cron_tick_passed", "on_cron"];
const nestedConditions: readonly string[] = [
  "all_deps_match",
  "all_job_root_assets_match",
  "any_deps_match",
  "any_job_root_assets_match",
];

/** Names of `dg` that Python has, and that do not apply to external assets. */
const partitions: readonly string[] = [
  "DailyPartitionsDefinition",
  "HourlyPartitionsDefinition",
  "MonthlyPartitionsDefinition",
  "StaticPartitionsDefinition",
  "TimeWindowPartitionsDefinition",
  "WeeklyPartitionsDefinition",
];

/** `dg`: automation conditions and freshness policies. */
export function dagsterScope(): ScopeObject {
  return new ScopeObject("dg", {
    AutomationCondition: () => automationConditions("dg.AutomationCondition"),
    FreshnessPolicy: () =>
      new ScopeObject("dg.FreshnessPolicy", {
        time_window: () =>
          new ScopeFunction("dg.FreshnessPolicy.time_window", ["fail_window", "warn_window"], timeWindow),
        cron: () => needsPython("dg.FreshnessPolicy.cron"),
      }),
    ...Object.fromEntries(partitions.map((name) => [name, () => needsPython(`dg.${name}`)])),
  });
}

/** `automation_condition`, the older name: only `eager` and `on_cron`, as in Dagster. */
export function automationConditionScope(): ScopeObject {
  const { eager, on_cron } = automationConditions("automation_condition").members;
  if (eager === undefined || on_cron === undefined)
    throw new Error("There is no condition eager or on_cron.");
  return new ScopeObject("automation_condition", { eager, on_cron });
}

/** `datetime`: lengths of time. The present time would make definitions that differ at every load. */
export function datetimeScope(): ScopeObject {
  const units = { weeks: 604_800, days: 86_400, hours: 3_600, minutes: 60, seconds: 1 };
  const parameters = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
  return new ScopeObject("datetime", {
    timedelta: () =>
      new ScopeFunction("datetime.timedelta", parameters, (given) => {
        const seconds = Object.entries(units).reduce((sum, [unit, length]) => {
          const count = given[unit] ?? 0;
          if (typeof count !== "number") throw new TemplateProblem(`timedelta: ${unit} must be a number.`);
          return sum + count * length;
        }, 0);
        return new ScopeObject(
          "datetime.timedelta",
          { total_seconds: () => new ScopeFunction("total_seconds", [], () => seconds) },
          { value: new Timedelta(seconds) },
        );
      }),
    datetime: () => needsPython("datetime.datetime"),
  });
}

/** Python's `timedelta`. */
class Timedelta {
  readonly seconds: number;

  constructor(seconds: number) {
    this.seconds = seconds;
  }
}

function automationConditions(name: string): ScopeObject {
  const condition = (
    method: string,
    parameters: readonly string[],
    build: (given: Given) => AutomationCondition,
  ) =>
    [
      method,
      () => new ScopeFunction(`${name}.${method}`, parameters, (given) => wrap(() => build(given))),
    ] as const;
  return new ScopeObject(name, {
    ...Object.fromEntries([
      ...plainConditions.map((method) => condition(method, [], () => staticMethod(method)())),
      ...cronConditions.map((method) =>
        condition(method, ["cron_schedule", "cron_timezone"], ({ cron_schedule, cron_timezone = "UTC" }) =>
          staticMethod(method)(
            textOf("cron_schedule", cron_schedule),
            textOf("cron_timezone", cron_timezone),
          ),
        ),
      ),
      ...nestedConditions.map((method) =>
        condition(method, ["condition"], (given) => staticMethod(method)(conditionOf(given["condition"]))),
      ),
      condition("asset_matches", ["key", "condition"], ({ key, condition: given }) =>
        AutomationCondition.assetMatches(keyOf(key), conditionOf(given)),
      ),
      condition("in_latest_time_window", ["lookback_delta"], ({ lookback_delta }) =>
        AutomationCondition.inLatestTimeWindow(
          lookback_delta === undefined
            ? {}
            : { lookbackSeconds: secondsOf("lookback_delta", lookback_delta) },
        ),
      ),
    ]),
  });
}

/** The static method of our class with the name of Python's. */
function staticMethod(name: string): (...args: readonly unknown[]) => AutomationCondition {
  const camelCase = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const method: unknown = Reflect.get(AutomationCondition, camelCase);
  if (typeof method !== "function") throw new Error(`AutomationCondition has no ${camelCase}.`);
  return (...args) => Reflect.apply(method, AutomationCondition, args) as AutomationCondition;
}

function wrap(build: () => AutomationCondition): ScopeObject {
  let condition: AutomationCondition;
  try {
    condition = build();
  } catch (thrown) {
    if (thrown instanceof TemplateProblem) throw thrown;
    throw new TemplateProblem(errorText(thrown));
  }
  return conditionScope(condition);
}

/** An automation condition, with the methods that make another one of it. */
export function conditionScope(condition: AutomationCondition): ScopeObject {
  const method =
    (name: string, parameters: readonly string[], build: (given: Given) => AutomationCondition) => () =>
      new ScopeFunction(name, parameters, (given) => wrap(() => build(given)));
  const members: Members = {
    since: method("since", ["reset_condition"], (given) =>
      condition.since(conditionOf(given["reset_condition"])),
    ),
    since_last_handled: method("since_last_handled", [], () => condition.sinceLastHandled()),
    newly_true: method("newly_true", [], () => condition.newlyTrue()),
    with_label: method("with_label", ["label"], ({ label = null }) =>
      condition.withLabel(label === null ? null : textOf("label", label)),
    ),
    without: method("without", ["condition"], (given) => condition.without(conditionOf(given["condition"]))),
    replace: method("replace", ["old", "new"], ({ old, new: replacement }) =>
      condition.replace(typeof old === "string" ? old : conditionOf(old), conditionOf(replacement)),
    ),
    resolve_through_virtual: method("resolve_through_virtual", ["value"], ({ value = true }) =>
      condition.resolveThroughVirtual(value === true),
    ),
    allow: () => needsPython("AutomationCondition.allow"),
    ignore: () => needsPython("AutomationCondition.ignore"),
  };
  return new ScopeObject("an automation condition", members, { value: condition });
}

function conditionOf(value: TemplateValue | undefined): AutomationCondition {
  if (value instanceof ScopeObject && value.value instanceof AutomationCondition) return value.value;
  throw new TemplateProblem(
    "An automation condition is needed here.",
    "For example dg.AutomationCondition.missing().",
  );
}

function textOf(name: string, value: TemplateValue | undefined): string {
  if (typeof value === "string") return value;
  throw new TemplateProblem(`The argument "${name}" must be text.`);
}

function keyOf(value: TemplateValue | undefined): AssetKey {
  if (value instanceof ScopeObject && value.value instanceof AssetKey) return value.value;
  if (Array.isArray(value)) return AssetKey.from(value.map((part) => textOf("key", part as TemplateValue)));
  return AssetKey.from(textOf("key", value));
}

function secondsOf(name: string, value: TemplateValue | undefined): number {
  if (value instanceof ScopeObject && value.value instanceof Timedelta) return value.value.seconds;
  throw new TemplateProblem(
    `"${name}" must be a length of time.`,
    "For example datetime.timedelta(hours=24).",
  );
}

function timeWindow({ fail_window, warn_window }: Given): TemplateValue {
  const policy = FreshnessPolicy.timeWindow({
    failWindowSeconds: secondsOf("fail_window", fail_window),
    warnWindowSeconds: warn_window == null ? null : secondsOf("warn_window", warn_window),
  });
  return new ScopeObject("a freshness policy", {}, { value: policy });
}

/** @throws TemplateProblem */
export function needsPython(name: string): never {
  throw new TemplateProblem(`${name} is not available in Node.`, undefined, true);
}
