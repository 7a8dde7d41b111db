import { computed, signal } from "@preact/signals";
import type { Lane, Part } from "../../model/overview-part.ts";
import { type BoxReach, boxReach } from "../../overview/box-reach.ts";
import { buildOverview } from "../../overview/build-overview.ts";
import type { Box, Connection, Overview } from "../../overview/overview.ts";
import { centerOn } from "../lineage/lineage-state.ts";
import type { Size } from "../pictures/measured-size.ts";
import { selectedAssets } from "../search/selection.ts";
import { model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

/** Size of the picture in pixels; null until it is known. */
export const overviewSize = signal<Size | null>(null);

/** Below this width the lanes stand one under another, without ribbons. */
const narrowWidth = 640;

export const isNarrow = computed(() => (overviewSize.value?.width ?? narrowWidth) < narrowWidth);

// A change of the selected asset does not lay out the picture again.
const parts = computed(() => JSON.stringify(view.value.parts));

/** The picture; null until the graph and the size are known. */
export const overview = computed((): Overview | null => {
  const graph = model.value;
  const size = overviewSize.value;
  if (graph === null || size === null) return null;
  const looked = JSON.parse(parts.value) as readonly Part[];
  return buildOverview(graph, { parts: looked, selected: selectedAssets.value, ...size });
});

/** Id of the box that is pointed at, or has the focus after an arrow key; null for none. */
export const pointedBox = signal<string | null>(null);

/** Id of the box that had the focus last; null for none. */
export const tabBox = signal<string | null>(null);

/** Id of the box that the Tab key reaches in the present picture. */
export const tabStop = computed((): string | null => {
  const current = overview.value;
  if (current === null) return null;
  const isThere = current.boxes.some(({ id }) => id === tabBox.value);
  if (isThere) return tabBox.value;
  const first = current.lanes.flatMap(({ boxes }) => boxes)[0];
  return current.boxes[first ?? 0]?.id ?? null;
});

/** Box whose assets are listed; null for none. */
export const listedBox = signal<Box | null>(null);

/** What was computed for boxes of the present picture, by index. */
const knownReach = computed((): Map<number, BoxReach> => {
  void overview.value;
  return new Map();
});

/** What is connected with the box that is pointed at; null while none is. */
export const reach = computed((): BoxReach | null => {
  const current = overview.value;
  const graph = model.value;
  const box = current?.boxes.findIndex(({ id }) => id === pointedBox.value) ?? -1;
  if (current === null || graph === null || box < 0) return null;
  const known = knownReach.value.get(box) ?? boxReach(graph, current, box);
  knownReach.value.set(box, known);
  return known;
});

/** Connections of each box, strongest first. */
export const connectionsOfBox = computed((): ReadonlyMap<number, readonly Connection[]> => {
  const byBox = new Map<number, Connection[]>();
  const sorted = [...(overview.value?.connections ?? [])].sort((a, b) => b.dependencies - a.dependencies);
  for (const connection of sorted)
    for (const end of [connection.from, connection.to])
      if (end !== "gate" && byBox.get(end)?.push(connection) === undefined) byBox.set(end, [connection]);
  return byBox;
});

/** Opens a box: a folder becomes the part that is looked at, an asset shows its lineage, other assets are listed. */
export function openBox(box: Box): void {
  pointedBox.value = null;
  if (box.type === "asset") openAsset(box.assets[0] ?? -1);
  else if (box.type === "group") lookAt({ lane: box.lane, path: box.path });
  else if (box.type === "moreGroups" && !isLookedAt(box)) lookAt({ lane: box.lane, path: box.path });
  else listedBox.value = box;
}

/** Lists all assets of a lane that are in the picture. */
export function listLane(lane: Lane): void {
  const boxes = (overview.value?.boxes ?? []).filter((box) => box.lane === lane);
  const assets = boxes.flatMap((box) => box.assets);
  listedBox.value = { id: `lane ${lane}`, type: "moreAssets", lane, path: [], assets, count: assets.length };
}

export function openAsset(asset: number): void {
  const key = model.value?.assets[asset]?.key;
  if (key === undefined) return;
  listedBox.value = null;
  centerOn(key);
}

function isLookedAt({ lane, path }: Part): boolean {
  return (
    path.length === 0 ||
    view.value.parts.some((part) => part.lane === lane && part.path.join("\n") === path.join("\n"))
  );
}

/** A lane has at most one part; parts of several lanes are combined. */
function lookAt(part: Part): void {
  changeView({ parts: [...view.value.parts.filter(({ lane }) => lane !== part.lane), part] });
}

/** Leaves the part that was opened last. */
export function lookOneStepUp(): void {
  const { parts: looked } = view.value;
  if (looked.length > 0) changeView({ parts: looked.slice(0, -1) });
}

export const laneColors: Readonly<Record<Lane, string>> = {
  0: "var(--kind-table)",
  1: "var(--kind-model)",
  2: "var(--kind-dashboard)",
};
