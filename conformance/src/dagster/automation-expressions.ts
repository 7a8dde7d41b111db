import { AutomationCondition as AC, AssetKey, whenUpstreamRefreshed } from "@dagster-sigma/asset-graph";

/** The same condition in Python and in TypeScript. */
export type AutomationExpression = readonly [python: string, build: () => AC];

/** Every function of AutomationCondition. */
const constructors: readonly AutomationExpression[] = [
  ["AC.eager()", () => AC.eager()],
  ["AC.on_cron('0 6 * * 1-5', 'Europe/Berlin')", () => AC.onCron("0 6 * * 1-5", "Europe/Berlin")],
  ["AC.on_cron('@daily')", () => AC.onCron("@daily")],
  ["AC.on_missing()", () => AC.onMissing()],
  ["AC.any_deps_updated()", () => AC.anyDepsUpdated()],
  ["AC.any_deps_missing()", () => AC.anyDepsMissing()],
  ["AC.any_deps_in_progress()", () => AC.anyDepsInProgress()],
  ["AC.any_deps_match(AC.missing())", () => AC.anyDepsMatch(AC.missing())],
  ["AC.all_deps_match(AC.newly_updated())", () => AC.allDepsMatch(AC.newlyUpdated())],
  [
    "AC.all_deps_updated_since_cron('15 * * * *', 'America/New_York')",
    () => AC.allDepsUpdatedSinceCron("15 * * * *", "America/New_York"),
  ],
  ["AC.all_deps_updated_since_cron('@hourly')", () => AC.allDepsUpdatedSinceCron("@hourly")],
  ["AC.all_deps_blocking_checks_passed()", () => AC.allDepsBlockingChecksPassed()],
  ["AC.any_checks_match(AC.check_failed())", () => AC.anyChecksMatch(AC.checkFailed())],
  [
    "AC.all_checks_match(AC.check_passed(), blocking_only=True)",
    () => AC.allChecksMatch(AC.checkPassed(), { blockingOnly: true }),
  ],
  ["AC.asset_matches('a/b', AC.missing())", () => AC.assetMatches("a/b", AC.missing())],
  [
    "AC.asset_matches(['a', 'b'], AC.newly_updated()).with_label('b')",
    () => AC.assetMatches(["a", "b"], AC.newlyUpdated()).withLabel("b"),
  ],
  ["AC.any_job_root_assets_match(AC.eager())", () => AC.anyJobRootAssetsMatch(AC.eager())],
  [
    "AC.all_job_root_assets_match(AC.missing() | AC.newly_missing())",
    () => AC.allJobRootAssetsMatch(AC.missing().or(AC.newlyMissing())),
  ],
  [
    "AC.any_job_root_assets_match(AC.cron_tick_passed('0 0 * * *'))",
    () => AC.anyJobRootAssetsMatch(AC.cronTickPassed("0 0 * * *")),
  ],
  ["AC.missing()", () => AC.missing()],
  ["AC.newly_missing()", () => AC.newlyMissing()],
  ["AC.in_progress()", () => AC.inProgress()],
  ["AC.run_in_progress()", () => AC.runInProgress()],
  ["AC.backfill_in_progress()", () => AC.backfillInProgress()],
  ["AC.execution_failed()", () => AC.executionFailed()],
  ["AC.newly_updated()", () => AC.newlyUpdated()],
  ["AC.newly_requested()", () => AC.newlyRequested()],
  ["AC.will_be_requested()", () => AC.willBeRequested()],
  ["AC.initial_evaluation()", () => AC.initialEvaluation()],
  ["AC.code_version_changed()", () => AC.codeVersionChanged()],
  ["AC.data_version_changed()", () => AC.dataVersionChanged()],
  ["AC.cron_tick_passed('*/5 * * * *', 'Asia/Tokyo')", () => AC.cronTickPassed("*/5 * * * *", "Asia/Tokyo")],
  ["AC.in_latest_time_window()", () => AC.inLatestTimeWindow()],
  [
    "AC.in_latest_time_window(timedelta(days=2, hours=3, seconds=4))",
    () => AC.inLatestTimeWindow({ lookbackSeconds: 183_604 }),
  ],
  ["AC.check_passed()", () => AC.checkPassed()],
  ["AC.check_failed()", () => AC.checkFailed()],
  ["AC.freshness_passed()", () => AC.freshnessPassed()],
  ["AC.freshness_warned()", () => AC.freshnessWarned()],
  ["AC.freshness_failed()", () => AC.freshnessFailed()],
  ["AC.executed_with_root_target()", () => AC.executedWithRootTarget()],
  ["AC.executed_with_tags()", () => AC.executedWithTags()],
  [
    "AC.executed_with_tags(tag_keys={'z', 'ä', 'b', 'a'}, tag_values={'y': '2', 'x': '1'})",
    () => AC.executedWithTags({ tagKeys: new Set(["z", "ä", "b", "a"]), tagValues: { y: "2", x: "1" } }),
  ],
  [
    "AC.newly_updated() & ~AC.all_new_updates_have_run_tags(tag_keys={'manual'})",
    () => AC.newlyUpdated().and(AC.allNewUpdatesHaveRunTags({ tagKeys: ["manual"] }).not()),
  ],
  [
    "AC.any_new_update_has_run_tags(tag_values={'a': ''})",
    () => AC.anyNewUpdateHasRunTags({ tagValues: { a: "" } }),
  ],
  ["AC.any_downstream_conditions()", () => AC.anyDownstreamConditions()],
];

/** Operators and methods. */
const operators: readonly AutomationExpression[] = [
  ["AC.missing() & AC.in_progress()", () => AC.missing().and(AC.inProgress())],
  [
    "AC.missing() & AC.newly_updated() & (AC.in_progress() & AC.will_be_requested())",
    () => AC.missing().and(AC.newlyUpdated()).and(AC.inProgress().and(AC.willBeRequested())),
  ],
  ["AC.eager() & AC.missing()", () => AC.eager().and(AC.missing())],
  [
    "AC.missing() | AC.newly_updated() | (AC.run_in_progress() | AC.in_progress())",
    () => AC.missing().or(AC.newlyUpdated()).or(AC.runInProgress().or(AC.inProgress())),
  ],
  [
    "(AC.missing() | AC.newly_updated()).with_label('either') | AC.in_progress()",
    () => AC.missing().or(AC.newlyUpdated()).withLabel("either").or(AC.inProgress()),
  ],
  ["~~AC.missing()", () => AC.missing().not().not()],
  [
    "AC.code_version_changed().since(AC.newly_requested() | AC.newly_updated())",
    () => AC.codeVersionChanged().since(AC.newlyRequested().or(AC.newlyUpdated())),
  ],
  ["AC.execution_failed().since_last_handled()", () => AC.executionFailed().sinceLastHandled()],
  ["AC.missing().newly_true().newly_true()", () => AC.missing().newlyTrue().newlyTrue()],
  [
    "AC.missing().with_label('é \"quoted\" \\u2028 😀')",
    () => AC.missing().withLabel('é "quoted" \u2028 😀'),
  ],
  ["AC.eager().with_label(None)", () => AC.eager().withLabel(null)],
  ["AC.eager().without(~AC.any_deps_missing())", () => AC.eager().without(AC.anyDepsMissing().not())],
  [
    "AC.eager().without(~AC.any_deps_missing()).without(~AC.any_deps_in_progress())",
    () => AC.eager().without(AC.anyDepsMissing().not()).without(AC.anyDepsInProgress().not()),
  ],
  [
    "AC.eager().replace('newly_updated', AC.data_version_changed())",
    () => AC.eager().replace("newly_updated", AC.dataVersionChanged()),
  ],
  [
    "AC.eager().replace('handled', AC.newly_requested())",
    () => AC.eager().replace("handled", AC.newlyRequested()),
  ],
  [
    "AC.eager().replace(AC.any_deps_missing(), AC.missing() | AC.in_progress())",
    () => AC.eager().replace(AC.anyDepsMissing(), AC.missing().or(AC.inProgress())),
  ],
  ["AC.eager().replace('NOT', AC.missing())", () => AC.eager().replace("NOT", AC.missing())],
  ["AC.eager().replace('missing', AC.in_progress())", () => AC.eager().replace("missing", AC.inProgress())],
  [
    "AC.on_cron('0 1 * * *').replace('cron_tick_passed(cron_schedule=0 1 * * *, cron_timezone=UTC)', AC.missing())",
    () =>
      AC.onCron("0 1 * * *").replace(
        "cron_tick_passed(cron_schedule=0 1 * * *, cron_timezone=UTC)",
        AC.missing(),
      ),
  ],
  [
    "AC.asset_matches('a', AC.missing()).replace('missing', AC.in_progress())",
    () => AC.assetMatches("a", AC.missing()).replace("missing", AC.inProgress()),
  ],
  ["AC.eager().resolve_through_virtual()", () => AC.eager().resolveThroughVirtual()],
  [
    "AC.eager().resolve_through_virtual().resolve_through_virtual(False)",
    () => AC.eager().resolveThroughVirtual().resolveThroughVirtual(false),
  ],
  [
    "AC.all_deps_updated_since_cron('@daily').resolve_through_virtual()",
    () => AC.allDepsUpdatedSinceCron("@daily").resolveThroughVirtual(),
  ],
];

/** A selection as text. */
function selected(text: string, includeSources = false): AutomationExpression {
  const python = `S.from_string('${text}', include_sources=${includeSources ? "True" : "False"})`;
  return [
    `AC.any_deps_match(AC.missing()).allow(${python})`,
    () => AC.anyDepsMatch(AC.missing()).allow(text, { includeSources }),
  ];
}

/** Selections of dependencies. */
const selections: readonly AutomationExpression[] = [
  selected("*"),
  selected("*", true),
  selected('key:"a/b"'),
  selected("a/b"),
  selected("+a/b+"),
  selected('2+key:"a"+'),
  selected('+key:"a"'),
  selected('group:"sales"'),
  selected('group:"sales"', true),
  selected('kind:"table"', true),
  selected('tag:"domain"="finance"'),
  selected('tag:"domain"', true),
  selected('owner:"team:bi"'),
  selected("owner:<null>"),
  selected("group:<null>"),
  selected("kind:<null>"),
  selected("is:materializable"),
  selected('not group:"sales"', true),
  selected('key:"a" or key:"b" or key:"c" and key:"d"'),
  selected('(key:"a" or key:"b") and (key:"c" and not key:"d")'),
  selected('sinks(group:"sales") or roots(*)'),
  [
    "AC.any_deps_updated().ignore(S.assets(Key(['a', 'b']), Key('c')))",
    () => AC.anyDepsUpdated().ignore([new AssetKey(["a", "b"]), new AssetKey("c")]),
  ],
  [
    `AC.eager().allow(S.groups('a')).allow(S.from_string('group:"b" or key:"c"')).ignore(S.tag('k', 'v'))`,
    () => AC.eager().allow('group:"a"').allow('group:"b" or key:"c"').ignore('tag:"k"="v"'),
  ],
  [
    "(AC.missing() | AC.any_deps_missing().newly_true()).ignore(S.groups('a'))",
    () => AC.missing().or(AC.anyDepsMissing().newlyTrue()).ignore('group:"a"'),
  ],
  [
    "AC.any_checks_match(AC.check_failed()).allow(S.groups('a', include_sources=True))",
    () => AC.anyChecksMatch(AC.checkFailed()).allow('group:"a"', { includeSources: true }),
  ],
  [
    "AC.any_deps_updated().since(AC.any_deps_missing()).ignore(S.groups('a'))",
    () => AC.anyDepsUpdated().since(AC.anyDepsMissing()).ignore('group:"a"'),
  ],
  [
    "AC.eager().replace('any_deps_missing', AC.any_deps_missing().allow(S.all()).with_label('any_materializable_deps_missing')).resolve_through_virtual().with_label('when_upstream_refreshed')",
    () => whenUpstreamRefreshed(),
  ],
];

export const automationExpressions: readonly AutomationExpression[] = [
  ...constructors,
  ...operators,
  ...selections,
];
