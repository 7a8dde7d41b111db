import type { Severity } from "@dagster-sigma/foundation";
import type { Definitions } from "./definitions.ts";

/** The severity of the worst problem that loading reported for each asset, by `AssetKey.toString()`; assets without one are absent. */
export function problemsByAsset({ assetGraph, loadReports }: Definitions): ReadonlyMap<string, Severity> {
  const assetOf = new Map<string, string>();
  for (const [id, { spec }] of assetGraph.nodes) {
    const object = spec.origin?.object ?? null;
    if (object !== null) assetOf.set(object.id, id);
  }
  const problems = new Map<string, Severity>();
  for (const { object, severity } of loadReports.flatMap(({ diagnostics }) => diagnostics)) {
    const id = object === null ? undefined : assetOf.get(object.id);
    if (id !== undefined && problems.get(id) !== "error") problems.set(id, severity);
  }
  return problems;
}
