import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { buildAssetImpact, buildColumnImpact, type Impact } from "@dagster-sigma/asset-graph/impact";
import { computed } from "@preact/signals";
import type { GraphModel } from "../../model/graph-model.ts";
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
  /** Of several columns: those that affect an asset, by asset, for example `NET and ID`, or `only NET`. Null for fewer. */
  readonly affecting: ReadonlyMap<number, string> | null;
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
    return { asset, columns: [], what: name, impact: buildAssetImpact(graph, known, asset), affecting: null };
  const also = view.value.alsoColumns.flatMap((column) => known.find({ asset, name: column }) ?? []);
  const changed = [...new Set([first, ...also])];
  const names = changed.map((column) => known.nameOf(column));
  return {
    asset,
    columns: changed,
    what: `${listed(names)} of ${name}`,
    impact: buildColumnImpact(graph, known, ...changed),
    affecting: changed.length < 2 ? null : affectingColumns(graph, known, changed),
  };
});

function affectingColumns(
  graph: GraphModel,
  known: ColumnIndex,
  changed: readonly number[],
): ReadonlyMap<number, string> {
  const names = new Map<number, string[]>();
  for (const column of changed) {
    for (const { asset } of buildColumnImpact(graph, known, column).assets) {
      const own = names.get(asset);
      if (own === undefined) names.set(asset, [known.nameOf(column)]);
      else own.push(known.nameOf(column));
    }
  }
  return new Map(
    [...names].map(([asset, own]) => [asset, own.length === 1 ? `only ${own[0]}` : listed(own)]),
  );
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
