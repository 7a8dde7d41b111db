import type { Lane } from "../model/overview-part.ts";
import type { PageAsset } from "../model/page-graph.ts";

/** A folder, a database or a schema. */
export interface Place {
  readonly path: readonly string[];
  readonly children: readonly Place[];
  /** Assets in none of the children. */
  readonly own: readonly number[];
  /** All assets. */
  readonly assets: readonly number[];
}

const collator = new Intl.Collator("en", { numeric: true });

/** Compares names as people sort them, and always in the same way. */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The path of an asset: connection (if there are several), database and schema of a source; else its folders. */
export function pathsOf(
  assets: readonly PageAsset[],
  indices: readonly number[],
  lane: Lane,
): ReadonlyMap<number, readonly string[]> {
  const connections = new Set(indices.map((at) => assets[at]?.connection ?? ""));
  const hasConnection = lane === 0 && connections.size > 1;
  return new Map(
    indices.map((at) => {
      const { folder = [], connection = null } = assets[at] ?? {};
      return [at, hasConnection ? [connection ?? "Other connections", ...folder] : folder];
    }),
  );
}

/** The tree of the places of assets. Children are ordered by number of assets, then by name. */
export function placeTree(paths: ReadonlyMap<number, readonly string[]>): Place {
  return placeAt([], [...paths]);
}

function placeAt(path: readonly string[], assets: readonly (readonly [number, readonly string[]])[]): Place {
  const depth = path.length;
  const own: number[] = [];
  const below = new Map<string, (readonly [number, readonly string[]])[]>();
  for (const entry of assets) {
    const segment = entry[1][depth];
    if (segment === undefined) own.push(entry[0]);
    else if (below.get(segment)?.push(entry) === undefined) below.set(segment, [entry]);
  }
  const children = [...below]
    .sort(([a, x], [b, y]) => y.length - x.length || compareNames(a, b))
    .map(([segment, entries]) => placeAt([...path, segment], entries));
  return { path, children, own, assets: assets.map(([asset]) => asset) };
}

/** The place at a path; null if there is none. */
export function placeAtPath(root: Place, path: readonly string[]): Place | null {
  let place: Place | undefined = root;
  for (const segment of path) place = place?.children.find((child) => child.path.at(-1) === segment);
  return place ?? null;
}

/** Skips levels with one child and nothing of their own. */
export function withoutSingleLevels(place: Place): Place {
  let found = place;
  while (found.children.length === 1 && found.own.length === 0) found = found.children[0] as Place;
  return found;
}
