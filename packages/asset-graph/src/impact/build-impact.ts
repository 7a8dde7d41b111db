import { compareText } from "@dagster-sigma/foundation";
import type { ColumnIndex } from "../graph-index/column-index.ts";
import { type AssetKind, compareKinds } from "../presentation/asset-kind.ts";
import type { ImpactGraph } from "./impact-graph.ts";

/** An asset affected by a change, by its number in the graph. */
export interface ImpactedAsset {
  readonly asset: number;
  /** Distance in steps from the changed asset. */
  readonly hops: number;
  /** Its columns that are computed from the changed ones. */
  readonly columns: readonly string[];
  /** The elements that contain these columns: `Chart` for a column named `Chart/Revenue`. */
  readonly elements: readonly string[];
  /**
   * `column`: one of its columns is computed from the changed column. `asset`: it depends on an affected asset, but
   * it is unknown through which columns.
   */
  readonly certainty: "column" | "asset";
}

/** The assets affected by a change, final products first, and their owners. */
export interface Impact {
  readonly assets: readonly ImpactedAsset[];
  /** Owners of affected assets with the number of assets that they own, largest first. */
  readonly owners: readonly (readonly [owner: string, count: number])[];
}

/** Everything affected by a change of a whole asset. */
export function buildAssetImpact(graph: ImpactGraph, asset: number): Impact {
  const reached = [...graph.index.walkDown([asset])].filter(([, hops]) => hops > 0);
  return impactOf(
    graph,
    reached.map(([other, hops]) => ({ asset: other, hops, columns: [], elements: [], certainty: "asset" })),
  );
}

/**
 * Everything affected by a change of one column. If the columns of a downstream asset are not loaded, it is unknown
 * whether it uses the column: it is listed with certainty `asset`, and so are its downstream assets.
 */
export function buildColumnImpact(graph: ImpactGraph, columns: ColumnIndex, column: number): Impact {
  const start = columns.assetOf(column);
  const reached = new Map<number, string[]>();
  for (const other of columns.index.walkDown([column]).keys()) {
    const asset = columns.assetOf(other);
    if (asset === start) continue;
    const names = reached.get(asset);
    if (names === undefined) reached.set(asset, [columns.nameOf(other)]);
    else names.push(columns.nameOf(other));
  }
  const hops = graph.index.walkDown([start]);
  const unknown = new Set<number>();
  const waiting = [start, ...reached.keys()];
  for (let at = 0; at < waiting.length; at++) {
    for (const reader of graph.index.downstream(waiting[at] as number)) {
      if (reached.has(reader) || unknown.has(reader) || graph.asset(reader).columns > 0) continue;
      unknown.add(reader);
      waiting.push(reader);
    }
  }
  return impactOf(
    graph,
    [...reached].map(([asset, names]) => ({
      asset,
      hops: hops.get(asset) ?? 1,
      columns: names,
      elements: [...new Set(names.flatMap((name) => elementOf(name) ?? []))],
      certainty: "column",
    })),
    [...unknown].map((asset) => ({
      asset,
      hops: hops.get(asset) ?? 1,
      columns: [],
      elements: [],
      certainty: "asset",
    })),
  );
}

/** The element that contains a column, if the column's name is `Element/Column`. */
function elementOf(name: string): string | null {
  const slash = name.indexOf("/");
  return slash > 0 ? name.slice(0, slash) : null;
}

/** Sorts each part; the first part comes first. */
function impactOf(graph: ImpactGraph, ...parts: readonly (readonly ImpactedAsset[])[]): Impact {
  const nameOf = (asset: number): string => graph.asset(asset).name.toLowerCase();
  const owners = new Map<string, number>();
  for (const { asset } of parts.flat())
    for (const owner of graph.asset(asset).owners) owners.set(owner, (owners.get(owner) ?? 0) + 1);
  return {
    assets: parts.flatMap((part) =>
      [...part].sort(
        (a, b) =>
          compareDownstreamFirst(graph.kindOf(a.asset), graph.kindOf(b.asset)) ||
          compareText(nameOf(a.asset), nameOf(b.asset)),
      ),
    ),
    owners: [...owners].sort(([nameA, a], [nameB, b]) => b - a || compareText(nameA, nameB)),
  };
}

/** Final products first, tables last. */
function compareDownstreamFirst(a: AssetKind, b: AssetKind): number {
  return b.rank - a.rank || compareKinds(b, a);
}
