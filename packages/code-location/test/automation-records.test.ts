import {
  AssetCheckSpec,
  AssetKey,
  AssetSpec,
  AutomationCondition,
  Definitions,
  whenUpstreamRefreshed,
} from "@dagster-sigma/asset-graph";
import { describe, expect, it } from "vitest";
import { hostFeatures } from "../src/index.ts";
import { assetNodeRecord } from "../src/records/asset-node-record.ts";
import { automationConditionRecord } from "../src/records/automation-condition-record.ts";
import { AutomationPolicies } from "../src/records/automation-policies.ts";
import { automationSensorRecords } from "../src/records/automation-sensor-record.ts";
import { encode } from "../src/repository/repository-encoder.ts";
import { decodeRepositoryJson } from "../src/repository/repository-json.ts";
import { toWireJson } from "../src/wire/wire-json.ts";

const { anyDepsMatch, missing, eager } = AutomationCondition;

const policies = (): AutomationPolicies => new AutomationPolicies([1, 13, 27]);

/** The condition of an asset on the wire, for a Dagster version. */
function served(condition: AutomationCondition, version: string): unknown {
  return automationConditionRecord(condition.node, { version: hostFeatures(version).version, asset: "a/b" });
}

const unsupported = (message: string): object =>
  expect.objectContaining({ code: "AUTOMATION_CONDITION_UNSUPPORTED", message });

describe("a served automation condition", () => {
  it("is part of the asset's policy, without limits", () => {
    const spec = new AssetSpec({ key: "a", automationCondition: missing(), isVirtual: true });
    expect(JSON.parse(toWireJson(assetNodeRecord({ spec, upstream: [] }, policies())))).toMatchObject({
      auto_materialize_policy: {
        __class__: "AutoMaterializePolicy",
        asset_condition: { __class__: "MissingAutomationCondition", label: null },
        max_materializations_per_minute: null,
        rules: { __frozenset__: [] },
        time_window_partition_scope_minutes: 1e-6,
      },
      is_virtual: true,
    });
    const plain = assetNodeRecord({ spec: new AssetSpec({ key: "a" }), upstream: [] }, policies());
    expect(plain).not.toHaveProperty("auto_materialize_policy");
    expect(plain).not.toHaveProperty("is_virtual");
  });

  it.each([
    [AutomationCondition.dataVersionChanged(), "1.9.13", "dataVersionChanged", "1.9.13"],
    [eager().and(AutomationCondition.dataVersionChanged().not()), "1.9", "dataVersionChanged", "1.9"],
    [AutomationCondition.executedWithTags(), "1.10.9", "executedWithTags", "1.10.9"],
    [AutomationCondition.anyNewUpdateHasRunTags(), "1.11.11", "anyNewUpdateHasRunTags", "1.11.11"],
    [AutomationCondition.freshnessFailed(), "1.12.0", "a condition on freshness", "1.12.0"],
    [AutomationCondition.anyJobRootAssetsMatch(missing()), "1.13.13", "anyJobRootAssetsMatch", "1.13.13"],
    [whenUpstreamRefreshed(), "1.12", "resolveThroughVirtual", "1.12"],
    [eager().allow("is:external"), "1.13.8", "the selection is:external", "1.13.8"],
    [eager().allow('group:"a*"'), "1.12", 'the selection group:"a*" with a wildcard', "1.12"],
    [eager().ignore('key:"a*"'), "1.9", 'the selection key:"a*" with a wildcard', "1.9"],
    [eager().ignore("owner:<null>"), "1.9", "the selection owner:<null>", "1.9"],
    [
      AutomationCondition.anyChecksMatch(missing()).allow("*"),
      "1.9.13",
      "allow or ignore for checks",
      "1.9.13",
    ],
  ])(
    "is refused by its name and the version, if the host does not have it (%#)",
    (condition, version, what, shown) => {
      expect(() => served(condition, version)).toThrow(
        unsupported(
          `The automation condition of the asset "a/b" uses ${what}, which Dagster ${shown} does not have.`,
        ),
      );
      expect(() => served(condition, "1.13")).not.toThrow();
    },
  );

  it("has no field that the host does not know", () => {
    expect(served(anyDepsMatch(missing()), "1.13")).toHaveProperty("resolves_virtual_deps", false);
    expect(served(anyDepsMatch(missing()), "1.12")).not.toHaveProperty("resolves_virtual_deps");
    const checks = AutomationCondition.allChecksMatch(missing());
    expect(served(checks, "1.11")).toHaveProperty("allow_selection", null);
    expect(served(checks, "1.9")).not.toHaveProperty("allow_selection");
  });

  it("selects keys and kinds with the classes that the host knows", () => {
    const selected = (text: string, version: string): unknown =>
      served(anyDepsMatch(missing()).allow(text, { includeSources: true }), version);
    expect(selected('key:"a/b"', "1.11")).toMatchObject({
      allow_selection: { __class__: "KeyWildCardAssetSelection", selected_key_wildcard: "a/b" },
    });
    expect(selected('key:"a/b"', "1.9")).toMatchObject({
      allow_selection: { __class__: "KeysAssetSelection", selected_keys: [{ path: ["a", "b"] }] },
    });
    expect(selected("kind:table", "1.11")).toMatchObject({
      allow_selection: { __class__: "KindAssetSelection", kind_str: "table" },
    });
    expect(selected("kind:table", "1.9")).toMatchObject({
      allow_selection: { __class__: "TagAssetSelection", key: "dagster/kind/table", value: "" },
    });
    // Python writes the largest integer for "*" next to a bare key; no depth means the same.
    expect(selected("*a/b", "1.13")).toMatchObject({
      allow_selection: { __class__: "UpstreamAssetSelection", depth: null },
    });
    expect(
      served(anyDepsMatch(missing()).allow([new AssetKey("a/b"), new AssetKey("c")]), "1.9"),
    ).toMatchObject({
      allow_selection: {
        __class__: "KeysAssetSelection",
        selected_keys: [{ path: ["a/b"] }, { path: ["c"] }],
      },
    });
  });

  it("that is refused ends the load with the error", () => {
    const definitions = new Definitions({
      assets: [new AssetSpec({ key: "a", automationCondition: whenUpstreamRefreshed() })],
    });
    expect(() => encode(definitions, hostFeatures("1.11"))).toThrow(
      expect.objectContaining({ code: "AUTOMATION_CONDITION_UNSUPPORTED" }),
    );
  });
});

describe("the sensor for automation conditions", () => {
  const external = assetNodeRecord(
    { spec: new AssetSpec({ key: "a", automationCondition: eager() }), upstream: [] },
    policies(),
  );

  it("is served if an asset that Dagster can materialize has a condition, as by a Python location", () => {
    const unconditioned = assetNodeRecord({ spec: new AssetSpec({ key: "b" }), upstream: [] }, policies());
    const materializable = { ...external, is_source: false };
    expect(automationSensorRecords([external, { ...unconditioned, is_source: false }])).toEqual([]);
    expect(automationSensorRecords([external, materializable, materializable])).toEqual([
      {
        __class__: "ExternalSensorData",
        asset_selection: { __class__: "AllSelection", include_sources: false },
        description: null,
        metadata: {
          __class__: "ExternalSensorMetadata",
          asset_keys: null,
          standard_metadata: {
            "dagster/emit_backfills": { __class__: "BoolMetadataEntryData", value: true },
          },
        },
        min_interval: 30,
        mode: null,
        name: "default_automation_condition_sensor",
        pipeline_name: null,
        run_tags: {},
        sensor_type: { __enum__: "SensorType.AUTO_MATERIALIZE" },
        solid_selection: null,
        tags: {},
        target_dict: {
          __ASSET_JOB: {
            __class__: "ExternalTargetData",
            mode: "default",
            pipeline_name: "__ASSET_JOB",
            solid_selection: null,
          },
        },
      },
    ]);
  });
});

it("a served check says whether it is blocking", () => {
  const assetChecks = [
    new AssetCheckSpec({ name: "strict", asset: "a", blocking: true }),
    new AssetCheckSpec({ name: "mild", asset: "a" }),
  ];
  const definitions = new Definitions({ assets: [new AssetSpec({ key: "a" })], assetChecks });
  const repository = JSON.parse(decodeRepositoryJson(encode(definitions, hostFeatures("1.13")), "deferred"));
  expect(repository.external_asset_checks).toMatchObject([{ blocking: true }, { blocking: false }]);
  expect(repository.external_sensor_datas).toEqual([]);
});
