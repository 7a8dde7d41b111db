import {
  buildAssetImpact,
  buildColumnImpact,
  type Impact,
  type ImpactedAsset,
  type IndexedDefinitions,
  mergeImpacts,
} from "@dagster-sigma/asset-graph/impact";
import type { ImpactTarget } from "./find-target.ts";

/** What a change of several assets and columns affects, together. */
export function impactOfTargets(index: IndexedDefinitions, targets: readonly ImpactTarget[]): Impact {
  const { graph, columns } = index;
  const changed = targets.flatMap(({ column }) => (column === null ? [] : [column]));
  const whole = targets.filter(({ column }) => column === null).map(({ asset }) => asset);
  return mergeImpacts(graph, [
    ...(changed.length === 0 ? [] : [buildColumnImpact(graph, columns, ...changed)]),
    ...whole.map((asset) => buildAssetImpact(graph, columns, asset)),
  ]);
}

/** Whether an affected asset is what people read, such as a workbook. */
export function isReadByPeople({ graph }: IndexedDefinitions, { asset }: ImpactedAsset): boolean {
  return graph.kindOf(asset).isReadByPeople === true;
}
