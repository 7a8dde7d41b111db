import { type Lane, lanes } from "../model/overview-part.ts";
import type { Box, BoxType } from "./overview.ts";
import { type Place, withoutSingleLevels } from "./place-tree.ts";

/** With fewer boxes than this, a lane opens folders that are not larger than others. */
const fewBoxes = 6;
/** A folder is opened only if this number of its children fit. */
const fewestChildren = 3;

/** A box before it is final, with the place that it may be opened to. */
interface Candidate {
  readonly box: Box;
  readonly place: Place | null;
}

export interface LaneToDraw {
  readonly lane: Lane;
  /** What is looked at. */
  readonly place: Place;
  /** Maximum number of boxes. */
  readonly budget: number;
  /** Compares assets: those that are shown first come first. */
  readonly compare: (a: number, b: number) => number;
}

/**
 * The boxes of a lane: its assets if they fit; else its folders, of which large ones are opened as long as there is room, so that
 * the boxes have similar sizes.
 */
export function chooseBoxes(wanted: LaneToDraw): readonly Box[] {
  const { lane, budget, compare } = wanted;
  const place = withoutSingleLevels(wanted.place);
  const total = place.assets.length;
  if (total <= budget) return assetBoxes(lane, place, [...place.assets].sort(compare));
  if (place.children.length === 0) return someAssets(lane, place, budget, compare);
  let chosen = withoutTail(lane, place, cut(lane, place, childrenOf(lane, place), budget), total / budget);
  const refused = new Set<Place>();
  for (;;) {
    const next = nextToOpen(chosen, { lane, budget, total, refused });
    if (next === null) break;
    const opened = childrenOf(lane, next);
    const room = budget - chosen.length + 1;
    if (opened.length > room && room < fewestChildren) {
      refused.add(next);
      continue;
    }
    const parts = cut(lane, next, opened, room);
    chosen = chosen.flatMap((candidate) => (candidate.place === next ? parts : [candidate]));
  }
  return chosen.map(({ box }) => box);
}

/** The folder to open: the least deep one, and of these the largest. */
function nextToOpen(
  chosen: readonly Candidate[],
  options: {
    readonly lane: Lane;
    readonly budget: number;
    readonly total: number;
    readonly refused: ReadonlySet<Place>;
  },
): Place | null {
  const { lane, budget, total, refused } = options;
  const sizes = chosen.map(({ box }) => box.assets.length).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const hasFew = chosen.length < (lane === 0 ? budget : fewBoxes);
  let best: Place | null = null;
  for (const { place } of chosen) {
    if (place === null || refused.has(place) || place.children.length === 0) continue;
    const size = place.assets.length;
    if (size <= (1.5 * total) / budget || !(size > 2 * median || hasFew)) continue;
    const depth = place.path.length;
    const isBetter =
      best === null || depth < best.path.length || (depth === best.path.length && size > best.assets.length);
    if (isBetter) best = place;
  }
  return best;
}

function childrenOf(lane: Lane, place: Place): readonly Candidate[] {
  const candidates = place.children.map((child): Candidate => {
    const only = child.assets.length === 1 ? child.assets[0] : undefined;
    return only === undefined
      ? { box: makeBox(lane, "group", child.path, child.assets), place: child }
      : { box: makeBox(lane, "asset", child.path, [only]), place: null };
  });
  const { own } = place;
  if (own.length > 0) {
    const type = own.length === 1 ? "asset" : "topLevel";
    candidates.push({ box: makeBox(lane, type, place.path, own), place: null });
  }
  return candidates.sort((a, b) => b.box.assets.length - a.box.assets.length);
}

/** The largest, and one box for the rest. */
function cut(lane: Lane, place: Place, candidates: readonly Candidate[], room: number): readonly Candidate[] {
  if (candidates.length <= room) return candidates;
  const kept = candidates.slice(0, Math.max(0, room - 1));
  return [...kept, moreGroups(lane, place, candidates.slice(kept.length))];
}

/** Many very small folders would only take the room of others. */
function withoutTail(
  lane: Lane,
  place: Place,
  candidates: readonly Candidate[],
  mean: number,
): readonly Candidate[] {
  const isSmall = ({ box }: Candidate): boolean => box.type !== "moreGroups" && box.assets.length < mean / 10;
  const small = candidates.filter(isSmall);
  if (small.length < 3) return candidates;
  const more = candidates.find(({ box }) => box.type === "moreGroups");
  const rest = candidates.filter((candidate) => !isSmall(candidate) && candidate !== more);
  const count = small.length + (more?.box.count ?? 0);
  const assets = [...small.flatMap(({ box }) => box.assets), ...(more?.box.assets ?? [])];
  return [...rest, { box: { ...makeBox(lane, "moreGroups", place.path, assets), count }, place: null }];
}

function moreGroups(lane: Lane, place: Place, rest: readonly Candidate[]): Candidate {
  const assets = rest.flatMap(({ box }) => box.assets);
  return { box: { ...makeBox(lane, "moreGroups", place.path, assets), count: rest.length }, place: null };
}

function assetBoxes(lane: Lane, place: Place, assets: readonly number[]): readonly Box[] {
  return assets.map((asset) => makeBox(lane, "asset", place.path, [asset]));
}

/** Of a folder without subfolders: those with the most dependencies. */
function someAssets(
  lane: Lane,
  place: Place,
  budget: number,
  compare: LaneToDraw["compare"],
): readonly Box[] {
  const ordered = [...place.assets].sort(compare);
  const rest = ordered.slice(budget - 1);
  const more: Box = { ...makeBox(lane, "moreAssets", place.path, rest), count: rest.length };
  return [...assetBoxes(lane, place, ordered.slice(0, budget - 1)), more];
}

export function makeBox(lane: Lane, type: BoxType, path: readonly string[], assets: readonly number[]): Box {
  const id = [lanes[lane], type, ...path, ...(type === "asset" ? [String(assets[0])] : [])].join("\n");
  return { id, type, lane, path, assets, count: assets.length };
}
