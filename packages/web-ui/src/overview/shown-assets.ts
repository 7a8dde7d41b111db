import type { GraphModel } from "../model/graph-model.ts";
import type { Lane, Part } from "../model/overview-part.ts";
import { type Place, pathsOf, placeAtPath, placeTree } from "./place-tree.ts";

/** The assets of the picture, by lane. */
export interface ShownAssets {
  /** Of each lane: the place that is drawn, with the shown assets only. */
  readonly places: readonly [Place, Place, Place];
  /** Of the middle lane: connected assets outside of its part. */
  readonly elsewhere: readonly [readonly number[], readonly number[], readonly number[]];
}

/**
 * The assets that all parts have in common: those of a part, and what they read or what reads them in any number of steps. A part
 * that no longer exists is ignored.
 *
 * @param selected assets to which the picture is limited; null for all
 */
export function shownAssets(
  model: GraphModel,
  laneOf: Uint8Array,
  parts: readonly Part[],
  selected: ReadonlySet<number> | null,
): ShownAssets {
  const pathsByLane = ([0, 1, 2] as const).map((lane) => {
    const indices = model.assets.flatMap((_asset, at) => (laneOf[at] === lane ? [at] : []));
    return pathsOf(model.assets, indices, lane);
  });
  let isShown = Uint8Array.from(model.assets, (_asset, at) =>
    selected === null || selected.has(at) ? 1 : 0,
  );
  const pathOf = new Map<Lane, readonly string[]>();
  for (const { lane, path } of parts) {
    const place = placeAtPath(placeTree(pathsByLane[lane] ?? new Map()), path);
    if (place === null) continue;
    pathOf.set(lane, path);
    const up = model.index.reachUp(place.assets);
    const down = model.index.reachDown(place.assets);
    isShown = isShown.map((one, at) => one & ((up[at] as number) | (down[at] as number)));
  }
  const drawn = ([0, 1, 2] as const).map((lane) => {
    const paths = [...(pathsByLane[lane] ?? [])].filter(([at]) => isShown[at] === 1);
    const path = pathOf.get(lane) ?? [];
    const isWithin = ([, own]: readonly [number, readonly string[]]): boolean =>
      path.every((segment, depth) => own[depth] === segment);
    const tree = placeTree(new Map(paths.filter(isWithin)));
    return {
      place: placeAtPath(tree, path) ?? tree,
      // What people read, and sources, lead to others of their lane only by chance.
      elsewhere: lane === 1 ? paths.filter((entry) => !isWithin(entry)).map(([at]) => at) : [],
    };
  });
  return {
    places: drawn.map(({ place }) => place) as unknown as ShownAssets["places"],
    elsewhere: drawn.map(({ elsewhere }) => elsewhere) as unknown as ShownAssets["elsewhere"],
  };
}
