import type { ColumnIndex, GraphIndex } from "@dagster-sigma/asset-graph/graph-index";

/** One asset or several, all that feeds them and all that they feed. */
export interface Highlight {
  readonly centers: ReadonlySet<number>;
  readonly upstream: ReadonlySet<number>;
  readonly downstream: ReadonlySet<number>;
}

export function highlightAssets(index: GraphIndex, assets: readonly number[]): Highlight {
  const upstream = new Set(index.walkUp(assets).keys());
  const downstream = new Set(index.walkDown(assets).keys());
  for (const asset of assets) {
    upstream.delete(asset);
    downstream.delete(asset);
  }
  return { centers: new Set(assets), upstream, downstream };
}

/** The assets through which a column goes. */
export function highlightColumn(columns: ColumnIndex, column: number): Highlight {
  const center = columns.assetOf(column);
  const assetsOf = (found: ReadonlyMap<number, number>): Set<number> => {
    const assets = new Set([...found.keys()].map((each) => columns.assetOf(each)));
    assets.delete(center);
    return assets;
  };
  return {
    centers: new Set([center]),
    upstream: assetsOf(columns.index.walkUp([column])),
    downstream: assetsOf(columns.index.walkDown([column])),
  };
}

/** Names of the columns of each asset that a column is computed from, or that are computed from it; itself too. */
export function columnsAlong(columns: ColumnIndex, column: number): ReadonlyMap<number, readonly string[]> {
  const names = new Map<number, string[]>();
  const all = new Set([...columns.index.walkUp([column]).keys(), ...columns.index.walkDown([column]).keys()]);
  for (const each of all) {
    const asset = columns.assetOf(each);
    const known = names.get(asset);
    if (known === undefined) names.set(asset, [columns.nameOf(each)]);
    else known.push(columns.nameOf(each));
  }
  return names;
}

export type Lit = "center" | "upstream" | "downstream" | null;

export function litOf(highlight: Highlight | null, asset: number): Lit {
  if (highlight === null) return null;
  if (highlight.centers.has(asset)) return "center";
  if (highlight.upstream.has(asset)) return "upstream";
  return highlight.downstream.has(asset) ? "downstream" : null;
}

/** What of a group is lit up. */
export interface LitGroup {
  readonly count: number;
  /** Center where one of it is, else the first that is found. */
  readonly lit: Lit;
}

/** As long as neither group nor highlight is another, both stay: a frame asks for every group. */
const litGroups = new WeakMap<Highlight, WeakMap<readonly number[], LitGroup>>();

/** @param assets those of the group, as the layout has them */
export function litOfGroup(highlight: Highlight | null, assets: readonly number[]): LitGroup {
  if (highlight === null) return { count: 0, lit: null };
  const known = litGroups.get(highlight) ?? new WeakMap<readonly number[], LitGroup>();
  litGroups.set(highlight, known);
  const found = known.get(assets) ?? countLit(highlight, assets);
  known.set(assets, found);
  return found;
}

function countLit(highlight: Highlight, assets: readonly number[]): LitGroup {
  const lights = assets.map((asset) => litOf(highlight, asset)).filter((lit) => lit !== null);
  return { count: lights.length, lit: lights.includes("center") ? "center" : (lights[0] ?? null) };
}
