import { AssetSpec, type AutomationCondition, Definitions } from "@dagster-sigma/asset-graph";
import { codeLocationOutlet, hostFeatures } from "@dagster-sigma/code-location";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import type { SerializedCondition } from "./automation-judge.ts";

/** The JSON of a condition in a served code location, as it is on the wire, or the error that refuses it. */
export function serializedCondition(
  condition: AutomationCondition,
  dagsterVersion: string,
): SerializedCondition {
  const definitions = new Definitions({
    assets: [new AssetSpec({ key: "a", automationCondition: condition })],
  });
  const outlet = codeLocationOutlet(hostFeatures(dagsterVersion));
  const { content, failure } = createStaticDefinitionsSource(definitions, outlet).current();
  if (failure !== null) return { refused: `${failure.code}: ${failure.message}` };
  const reply = Buffer.from(content?.reply ?? []).toString();
  const [, json = ""] = /"asset_condition":(.*),"max_materializations_per_minute"/s.exec(reply) ?? [];
  return { json };
}

/** @throws Error if the host does not have the condition */
export function conditionJson(condition: AutomationCondition, dagsterVersion: string): string {
  const serialized = serializedCondition(condition, dagsterVersion);
  if ("json" in serialized) return serialized.json;
  throw new Error(serialized.refused);
}
