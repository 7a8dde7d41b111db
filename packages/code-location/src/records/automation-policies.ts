import type { AssetKey, AutomationCondition } from "@dagster-sigma/asset-graph";
import type { DagsterVersion } from "../dagster-version/host-features.ts";
import { toWireJson } from "../wire/wire-json.ts";
import { Float, WireJson } from "../wire/wire-record.ts";
import { automationConditionRecord } from "./automation-condition-record.ts";

/**
 * The conditions of assets as their nodes contain them: wrapped in the older auto-materialize policy. Dagster's second
 * field, `automation_condition_snapshot`, is for conditions that only Python code can evaluate. Many assets have equal
 * conditions, which are serialized once.
 */
export class AutomationPolicies {
  readonly #version: DagsterVersion;
  /** By the condition's own data. */
  readonly #known = new Map<string, WireJson>();

  constructor(version: DagsterVersion) {
    this.#version = version;
  }

  /** @throws CodeLocationError `AUTOMATION_CONDITION_UNSUPPORTED` */
  of(key: AssetKey, condition: AutomationCondition): WireJson {
    const id = JSON.stringify(condition.node);
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const host = { version: this.#version, asset: key.toUserString() };
    const policy = new WireJson(
      toWireJson({
        __class__: "AutoMaterializePolicy",
        asset_condition: automationConditionRecord(condition.node, host),
        max_materializations_per_minute: null,
        rules: { __frozenset__: [] },
        // Dagster's value for "no limit" of a field that conditions do not use.
        time_window_partition_scope_minutes: new Float(1e-6),
      }),
    );
    this.#known.set(id, policy);
    return policy;
  }
}
