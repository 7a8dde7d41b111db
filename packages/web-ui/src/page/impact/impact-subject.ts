import { buildAssetImpact, buildColumnImpact, type Impact } from "@dagster-sigma/asset-graph/impact";
import { computed } from "@preact/signals";
import { selectedColumn, selectedIndex } from "../graph/graph-state.ts";
import { columns, model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";

/** What changes, and what that affects. */
export interface ImpactSubject {
  readonly asset: number;
  /** Numbers of the columns that change; none for the whole asset. */
  readonly columns: readonly number[];
  /** For example `NET_AMOUNT and ID of orders`. */
  readonly what: string;
  readonly impact: Impact;
}

/** Null until an asset is chosen. */
export const impactSubject = computed((): ImpactSubject | null => {
  const graph = model.value;
  const asset = selectedIndex.value;
  const known = columns.value;
  if (graph === null || asset === null) return null;
  const { name } = graph.asset(asset);
  const first = selectedColumn.value;
  if (first === null || known === null)
    return { asset, columns: [], what: name, impact: buildAssetImpact(graph, known, asset) };
  const also = view.value.alsoColumns.flatMap((column) => known.find({ asset, name: column }) ?? []);
  const changed = [...new Set([first, ...also])];
  const names = changed.map((column) => known.nameOf(column));
  return {
    asset,
    columns: changed,
    what: `${listed(names)} of ${name}`,
    impact: buildColumnImpact(graph, known, ...changed),
  };
});

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
