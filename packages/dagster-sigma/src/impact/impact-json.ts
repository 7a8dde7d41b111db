import { AssetKey } from "@dagster-sigma/asset-graph";
import type { Impact, IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import type { ImpactTarget } from "./find-target.ts";

/** JSON output of `impact`; described in `docs/reference/json-output.md`. */
export function impactJson(
  index: IndexedDefinitions,
  targets: readonly ImpactTarget[],
  impact: Impact,
): object {
  return {
    changed: targets.map(({ node, column }) => ({
      key: node.spec.key.path,
      column: column === null ? null : index.columns.nameOf(column),
    })),
    affected: affectedJson(index, impact),
    owners: impact.owners.map(([owner, count]) => ({ owner, count })),
    unaffected: impact.unaffected.map((asset) => keyOf(index, asset)),
  };
}

/** The affected assets. */
export function affectedJson(index: IndexedDefinitions, impact: Impact): readonly object[] {
  const { graph } = index;
  return impact.assets.map((impacted) => {
    const { name, folder, owners, url } = graph.asset(impacted.asset);
    return {
      key: keyOf(index, impacted.asset),
      name,
      kind: graph.kindOf(impacted.asset).id,
      folder,
      owners,
      url,
      columns: impacted.columns,
      elements: impacted.elements,
      certainty: impacted.certainty,
      steps: impacted.hops,
      through: impacted.through.map((asset) => keyOf(index, asset)),
    };
  });
}

function keyOf({ graph }: IndexedDefinitions, asset: number): readonly string[] {
  return AssetKey.fromEscapedUserString(graph.asset(asset).key).path;
}
