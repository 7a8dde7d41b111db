import { AssetKey } from "@dagster-sigma/asset-graph";
import type { Impact, IndexedDefinitions } from "@dagster-sigma/asset-graph/impact";
import type { ImpactTarget } from "./find-target.ts";

/** JSON output of `impact`; described in `docs/reference/json-output.md`. */
export function impactJson(
  { graph, columns }: IndexedDefinitions,
  targets: readonly ImpactTarget[],
  impact: Impact,
): object {
  const keyOf = (asset: number): readonly string[] =>
    AssetKey.fromEscapedUserString(graph.asset(asset).key).path;
  return {
    changed: targets.map(({ node, column }) => ({
      key: node.spec.key.path,
      column: column === null ? null : columns.nameOf(column),
    })),
    affected: impact.assets.map((impacted) => {
      const { name, folder, owners, url } = graph.asset(impacted.asset);
      return {
        key: keyOf(impacted.asset),
        name,
        kind: graph.kindOf(impacted.asset).id,
        folder,
        owners,
        url,
        columns: impacted.columns,
        elements: impacted.elements,
        certainty: impacted.certainty,
        steps: impacted.hops,
        through: impacted.through.map(keyOf),
      };
    }),
    owners: impact.owners.map(([owner, count]) => ({ owner, count })),
    unaffected: impact.unaffected.map(keyOf),
  };
}
