import type { ColumnModel } from "./column-model.ts";
import type { GraphModel } from "./graph-model.ts";

/** An asset that a change reaches. */
export interface ImpactedAsset {
  readonly asset: number;
  /** Steps from what changes. */
  readonly hops: number;
  /** Its columns that are computed from what changes; of workbooks `Element/Column`. */
  readonly columns: readonly string[];
  /** The elements that they are in. */
  readonly elements: readonly string[];
  /**
   * `column`: a column of it is computed from the one that changes. `asset`: it reads something that is reached, and which
   * columns of it is not known.
   */
  readonly certainty: "column" | "asset";
}

export interface Impact {
  readonly assets: readonly ImpactedAsset[];
  /** Owners of what is reached, with how many of it they own, most first. */
  readonly owners: readonly (readonly [owner: string, count: number])[];
}

/** All that is reached when the whole asset changes. */
export function buildAssetImpact(model: GraphModel, asset: number): Impact {
  const reached = [...model.index.walkDown([asset])].filter(([, hops]) => hops > 0);
  return sorted(
    model,
    reached.map(([other, hops]) => ({ asset: other, hops, columns: [], elements: [], certainty: "asset" })),
  );
}

/**
 * All that is reached when one column changes. Where the columns of a reader are not loaded, it is not known whether it uses
 * that column: it is listed as reached by the asset, and so is what reads it.
 */
export function buildColumnImpact(model: GraphModel, columns: ColumnModel, column: number): Impact {
  const start = columns.assetOf(column);
  const reached = new Map<number, string[]>();
  for (const other of columns.index.walkDown([column]).keys()) {
    const asset = columns.assetOf(other);
    if (asset === start) continue;
    const names = reached.get(asset);
    if (names === undefined) reached.set(asset, [columns.nameOf(other)]);
    else names.push(columns.nameOf(other));
  }
  const hops = model.index.walkDown([start]);
  const unknown = new Set<number>();
  const waiting = [start, ...reached.keys()];
  for (let at = 0; at < waiting.length; at++) {
    for (const reader of model.index.downstream(waiting[at] as number)) {
      if (reached.has(reader) || unknown.has(reader) || model.asset(reader).columns > 0) continue;
      unknown.add(reader);
      waiting.push(reader);
    }
  }
  return sorted(model, [
    ...[...reached].map(([asset, names]) => ({
      asset,
      hops: hops.get(asset) ?? 1,
      columns: names,
      elements: [...new Set(names.flatMap((name) => elementOf(name) ?? []))],
      certainty: "column" as const,
    })),
    ...[...unknown].map((asset) => ({
      asset,
      hops: hops.get(asset) ?? 1,
      columns: [],
      elements: [],
      certainty: "asset" as const,
    })),
  ]);
}

/** The element of a column that is called `Element/Column`. */
function elementOf(name: string): string | null {
  const slash = name.indexOf("/");
  return slash > 0 ? name.slice(0, slash) : null;
}

function sorted(model: GraphModel, assets: readonly ImpactedAsset[]): Impact {
  const ranks = { workbook: 0, dataModel: 1, dataset: 2, other: 3, table: 4 } as const;
  const nameOf = (asset: number): string => model.asset(asset).name.toLowerCase();
  const owners = new Map<string, number>();
  for (const { asset } of assets)
    for (const owner of model.asset(asset).owners) owners.set(owner, (owners.get(owner) ?? 0) + 1);
  return {
    assets: [...assets].sort(
      (a, b) =>
        Number(a.certainty === "asset") - Number(b.certainty === "asset") ||
        ranks[model.asset(a.asset).kind] - ranks[model.asset(b.asset).kind] ||
        (nameOf(a.asset) < nameOf(b.asset) ? -1 : 1),
    ),
    owners: [...owners].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1)),
  };
}
