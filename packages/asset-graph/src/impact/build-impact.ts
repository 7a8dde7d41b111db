import { compareText } from "@dagster-sigma/foundation";
import type { ColumnIndex } from "../graph-index/column-index.ts";
import { type AssetKind, compareKinds } from "../presentation/asset-kind.ts";
import type { ImpactGraph } from "./impact-graph.ts";

/** An asset affected by a change, by its number in the graph. */
export interface ImpactedAsset {
  readonly asset: number;
  /** Distance in steps from the changed asset. */
  readonly hops: number;
  /** The affected assets that it reads, without the changed one: through these the change reaches it. Sorted by name. */
  readonly through: readonly number[];
  /** Its columns that are computed from the changed ones. */
  readonly columns: readonly string[];
  /** The elements that contain these columns: `Chart` for a column named `Chart/Revenue`. */
  readonly elements: readonly string[];
  /**
   * `column`: one of its columns is computed from a changed column. `asset`: it depends on an affected asset, but
   * it is unknown through which columns.
   */
  readonly certainty: "column" | "asset";
}

/** The assets affected by a change, final products first, and their owners. */
export interface Impact {
  readonly assets: readonly ImpactedAsset[];
  /** Owners of affected assets with the number of assets that they own, largest first. */
  readonly owners: readonly (readonly [owner: string, count: number])[];
  /** Assets downstream that are not affected: their columns are known, and none is computed from a changed one. In graph order. */
  readonly unaffected: readonly number[];
}

/**
 * Everything affected by a change of a whole asset: all assets downstream. Those with columns that are computed from columns of the asset
 * have certainty `column`.
 *
 * @param columns null if columns are not loaded
 */
export function buildAssetImpact(graph: ImpactGraph, columns: ColumnIndex | null, asset: number): Impact {
  const affected =
    columns === null
      ? new Map<number, readonly string[]>()
      : affectedColumns(columns, columns.columnsOf(asset), [asset]);
  const hops = graph.index.walkDown([asset]);
  const others = [...hops.keys()].filter((other) => other !== asset && !affected.has(other));
  return impactOf(graph, { hops, affected, others, unaffected: [] });
}

/**
 * Everything affected by a change of some columns of one asset or of several. If the columns of a downstream asset are not loaded, it is
 * unknown whether it uses them: it is listed with certainty `asset`, and so are its downstream assets.
 */
export function buildColumnImpact(
  graph: ImpactGraph,
  columns: ColumnIndex,
  ...changed: readonly number[]
): Impact {
  const starts = [...new Set(changed.map((column) => columns.assetOf(column)))];
  const affected = affectedColumns(columns, changed, starts);
  const hops = graph.index.walkDown(starts);
  const unknown = new Set<number>();
  const waiting = [...starts, ...affected.keys()];
  for (let at = 0; at < waiting.length; at++) {
    for (const reader of graph.index.downstream(waiting[at] as number)) {
      if (affected.has(reader) || unknown.has(reader) || starts.includes(reader)) continue;
      if (graph.asset(reader).columns > 0) continue;
      unknown.add(reader);
      waiting.push(reader);
    }
  }
  const unaffected = [...hops.keys()]
    .filter((asset) => !starts.includes(asset) && !affected.has(asset) && !unknown.has(asset))
    .sort((a, b) => a - b);
  return impactOf(graph, { hops, affected, others: [...unknown], unaffected });
}

/** Names of the columns that are computed from some columns, by asset, without those of the assets that change. */
function affectedColumns(
  columns: ColumnIndex,
  changed: readonly number[],
  starts: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const affected = new Map<number, string[]>();
  for (const column of columns.index.walkDown(changed).keys()) {
    const asset = columns.assetOf(column);
    if (starts.includes(asset)) continue;
    const names = affected.get(asset);
    if (names === undefined) affected.set(asset, [columns.nameOf(column)]);
    else names.push(columns.nameOf(column));
  }
  return affected;
}

/** The element that contains a column, if the column's name is `Element/Column`. */
function elementOf(name: string): string | null {
  const slash = name.indexOf("/");
  return slash > 0 ? name.slice(0, slash) : null;
}

/** What a change reaches. Only `hops` contains the assets that change. */
interface Reached {
  readonly hops: ReadonlyMap<number, number>;
  readonly affected: ReadonlyMap<number, readonly string[]>;
  /** Affected assets, of which it is unknown through which columns. */
  readonly others: readonly number[];
  readonly unaffected: readonly number[];
}

function impactOf(graph: ImpactGraph, { hops, affected, others, unaffected }: Reached): Impact {
  const byName = namesCompared(graph);
  const all = new Set([...affected.keys(), ...others]);
  const impacted = (asset: number, columns: readonly string[]): ImpactedAsset => ({
    asset,
    hops: hops.get(asset) ?? 1,
    through: [...graph.index.upstream(asset)].filter((other) => all.has(other)).sort(byName),
    columns,
    elements: [...new Set(columns.flatMap((name) => elementOf(name) ?? []))],
    certainty: columns.length > 0 ? "column" : "asset",
  });
  return sortImpact(graph, {
    assets: [
      ...[...affected].map(([asset, columns]) => impacted(asset, columns)),
      ...others.map((asset) => impacted(asset, [])),
    ],
    unaffected,
  });
}

/** Puts assets with affected columns first, final products before models, and counts the owners. */
export function sortImpact(graph: ImpactGraph, impact: Pick<Impact, "assets" | "unaffected">): Impact {
  const byName = namesCompared(graph);
  const owners = new Map<string, number>();
  for (const { asset } of impact.assets)
    for (const owner of graph.asset(asset).owners) owners.set(owner, (owners.get(owner) ?? 0) + 1);
  return {
    assets: [...impact.assets].sort(
      (a, b) =>
        Number(a.certainty === "asset") - Number(b.certainty === "asset") ||
        compareDownstreamFirst(graph.kindOf(a.asset), graph.kindOf(b.asset)) ||
        byName(a.asset, b.asset),
    ),
    owners: [...owners].sort(([nameA, a], [nameB, b]) => b - a || compareText(nameA, nameB)),
    unaffected: impact.unaffected,
  };
}

function namesCompared(graph: ImpactGraph): (a: number, b: number) => number {
  const nameOf = (asset: number): string => graph.asset(asset).name.toLowerCase();
  return (a, b) => compareText(nameOf(a), nameOf(b)) || a - b;
}

/** Final products first, tables last. */
function compareDownstreamFirst(a: AssetKind, b: AssetKind): number {
  return b.rank - a.rank || compareKinds(b, a);
}
