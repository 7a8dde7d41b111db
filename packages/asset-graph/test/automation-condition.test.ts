import { describe, expect, it } from "vitest";
import {
  AssetCheckSpec,
  AssetKey,
  AssetSpec,
  AutomationCondition,
  InvalidAssetSpecError,
  SelectionSyntaxError,
  whenUpstreamRefreshed,
} from "../src/index.ts";

const { missing, inProgress, newlyUpdated, eager, anyDepsMissing } = AutomationCondition;

const invalid = (message: string): object =>
  expect.objectContaining({
    code: "INVALID_AUTOMATION_CONDITION",
    message: expect.stringContaining(message),
  });

describe("AutomationCondition", () => {
  it("is immutable: methods return new conditions", () => {
    const condition = eager();
    const before = JSON.stringify(condition.node);
    condition
      .withLabel("x")
      .allow("*")
      .ignore([new AssetKey("a")])
      .resolveThroughVirtual();
    condition.replace("any_deps_missing", missing()).and(missing()).not();
    expect(JSON.stringify(condition.node)).toBe(before);
  });

  it("merges unlabeled operands of the same operator", () => {
    const joined = missing().and(inProgress()).and(newlyUpdated().and(missing()));
    expect(joined.node).toMatchObject({ type: "and", operands: { length: 4 } });
    expect(joined.withLabel("all").and(missing()).node).toMatchObject({ operands: { length: 2 } });
    expect(missing().or(missing().and(inProgress())).node).toMatchObject({ operands: { length: 2 } });
  });

  it("adds the latest selection first", () => {
    const { node } = anyDepsMissing().allow('group:"a"').allow('kind:"b"', { includeSources: true });
    expect(node).toMatchObject({
      allow: [
        { text: 'kind:"b"', includeSources: true },
        { text: 'group:"a"', includeSources: false },
      ],
      ignore: [],
    });
  });

  it("passes selections only to conditions on dependencies and checks", () => {
    const condition = missing()
      .or(anyDepsMissing())
      .since(anyDepsMissing().not())
      .and(anyDepsMissing().newlyTrue())
      .and(AutomationCondition.assetMatches("a", anyDepsMissing()))
      .ignore("*");
    expect(JSON.stringify(condition.node).match(/"text":"\*"/g)).toHaveLength(2);
    const checks = AutomationCondition.anyChecksMatch(missing());
    expect(JSON.stringify(checks.and(anyDepsMissing()).allow("*").node).match(/"text":"\*"/g)).toHaveLength(
      2,
    );
    expect(checks.and(missing()).resolveThroughVirtual().equals(checks.and(missing()))).toBe(true);
  });

  it("replaces conditions by equality, label and name", () => {
    const other = newlyUpdated();
    expect(missing().replace("missing", other).equals(other)).toBe(true);
    expect(missing().withLabel("mine").replace("mine", other).equals(other)).toBe(true);
    expect(missing().replace(missing(), other).equals(other)).toBe(true);
    expect(missing().withLabel("mine").replace(missing(), other).equals(other)).toBe(false);
    // Unlike in Dagster, which compares only the fields.
    expect(missing().replace(inProgress(), other).equals(missing())).toBe(true);
    expect(eager().replace("any_deps_missing", other).equals(eager())).toBe(false);
    expect(eager().replace("unknown", other).equals(eager())).toBe(true);
  });

  it("has names with which parts of it can be replaced", () => {
    const one = missing();
    for (const [name, condition] of [
      ["AND", one.and(inProgress())],
      ["OR", one.or(inProgress())],
      ["NOT", one.not()],
      ["SINCE", one.since(inProgress())],
      ["NEWLY_TRUE", one.newlyTrue()],
      ["a/b", AutomationCondition.assetMatches(["a", "b"], one)],
      ["ANY_DEPS_MATCH", AutomationCondition.anyDepsMatch(one)],
      ["ALL_DEPS_MATCH", AutomationCondition.allDepsMatch(one)],
      ["ANY_CHECKS_MATCH", AutomationCondition.anyChecksMatch(one)],
      ["ALL_CHECKS_MATCH", AutomationCondition.allChecksMatch(one)],
      ["check_passed", AutomationCondition.checkPassed()],
      ["check_failed", AutomationCondition.checkFailed()],
      ["in_latest_time_window", AutomationCondition.inLatestTimeWindow()],
      ["will_be_requested", AutomationCondition.willBeRequested()],
    ] as const)
      expect(condition.replace(name, newlyUpdated()).equals(newlyUpdated()), name).toBe(true);
    // The names of these contain their parameters.
    for (const [name, condition] of [
      ["ANY_DEPS_MATCH", AutomationCondition.anyDepsMatch(one).allow("*")],
      ["ANY_DEPS_MATCH", AutomationCondition.anyDepsMatch(one).resolveThroughVirtual()],
      ["ALL_CHECKS_MATCH", AutomationCondition.allChecksMatch(one, { blockingOnly: true })],
      ["in_latest_time_window", AutomationCondition.inLatestTimeWindow({ lookbackSeconds: 60 })],
    ] as const)
      expect(condition.replace(name, newlyUpdated()).equals(condition), name).toBe(true);
  });

  it("stores run tags sorted and once", () => {
    expect(
      AutomationCondition.executedWithTags({ tagKeys: ["b", "a", "b"], tagValues: { d: "1", c: "2" } }).node,
    ).toEqual({ type: "executedWithTags", label: null, tagKeys: ["a", "b"], tagValues: { c: "2", d: "1" } });
  });

  it.each([
    ["without of another condition", () => eager().without(missing()), "did not find"],
    [
      "without that leaves one operand",
      () => missing().and(inProgress()).without(missing()),
      "fewer than two",
    ],
    ["without of a condition that is no conjunction", () => missing().without(missing()), "made with and"],
    ["allow without dependencies", () => missing().allow("*"), "allow applies to"],
    ["ignore within newlyTrue", () => anyDepsMissing().newlyTrue().ignore("*"), "ignore applies to"],
    [
      "resolveThroughVirtual of checks",
      () => AutomationCondition.anyChecksMatch(missing()).resolveThroughVirtual(),
      "resolveThroughVirtual applies to",
    ],
    ["a selection of columns", () => eager().allow('key:"a" and not column:"b"'), "the attribute column"],
    ["a selection of table names", () => eager().ignore('+table_name:"a"'), "the attribute table_name"],
    ["a cron schedule of six fields", () => AutomationCondition.onCron("0 0 0 * * *"), "cron schedule"],
    ["an offset as time zone", () => AutomationCondition.onCron("@daily", "+01:00"), "time zone"],
    [
      "an unknown time zone",
      () => AutomationCondition.cronTickPassed("@daily", "Europe/Atlantis"),
      "time zone",
    ],
    ["no time zone", () => AutomationCondition.allDepsUpdatedSinceCron("@daily", ""), "time zone"],
    [
      "no lookback",
      () => AutomationCondition.inLatestTimeWindow({ lookbackSeconds: 0 }),
      "look back 0 seconds",
    ],
    [
      "half a second",
      () => AutomationCondition.inLatestTimeWindow({ lookbackSeconds: 0.5 }),
      "look back 0.5",
    ],
    [
      "a function that was not called",
      () => missing().and(AutomationCondition.inProgress as unknown as AutomationCondition),
      "not a function",
    ],
    ["another value", () => missing().or("missing" as unknown as AutomationCondition), "not another value"],
  ])("rejects %s", (_what, build, message) => {
    let thrown: unknown = null;
    try {
      build();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toEqual(invalid(message));
  });

  it("rejects a selection that is not valid where it is built", () => {
    expect(() => eager().allow('group:"a')).toThrow(SelectionSyntaxError);
  });
});

describe("whenUpstreamRefreshed", () => {
  it("waits only for dependencies that Dagster can materialize, and looks through virtual assets", () => {
    const text = JSON.stringify(whenUpstreamRefreshed().node);
    expect(text.match(/"resolvesVirtualDeps":true/g)).toHaveLength(3);
    expect(text).not.toContain('"resolvesVirtualDeps":false');
    expect(text.match(/"text":"\*","includeSources":false/g)).toHaveLength(1);
    expect(whenUpstreamRefreshed().node.label).toBe("when_upstream_refreshed");
  });
});

describe("assets and checks", () => {
  it("have no condition, are not virtual, skippable or blocking, unless they say so", () => {
    expect(new AssetSpec({ key: "a" })).toMatchObject({
      automationCondition: null,
      isVirtual: false,
      skippable: false,
    });
    expect(new AssetCheckSpec({ name: "c", asset: "a" }).blocking).toBe(false);
    expect(new AssetCheckSpec({ name: "c", asset: "a", blocking: true }).blocking).toBe(true);
  });

  it("keep them on copies until they are cleared", () => {
    const automationCondition = eager();
    const spec = new AssetSpec({ key: "a", automationCondition, isVirtual: true, skippable: true });
    const copy = spec.with({ description: "x" }).mergeAttributes({ kinds: ["table"] });
    expect(copy).toMatchObject({ isVirtual: true, skippable: true });
    expect(copy.automationCondition).toBe(automationCondition);
    expect(spec.with({ automationCondition: null, isVirtual: null, skippable: null })).toMatchObject({
      automationCondition: null,
      isVirtual: false,
      skippable: false,
    });
  });

  it("reject a condition that is none", () => {
    const automationCondition = AutomationCondition.eager as unknown as AutomationCondition;
    expect(() => new AssetSpec({ key: "a", automationCondition })).toThrow(InvalidAssetSpecError);
  });
});
