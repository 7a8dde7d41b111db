import { signal } from "@preact/signals";
import { cardSize } from "../../layout/map-layout.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView, selectAsset, view } from "../state/view-state.ts";
import type { Hit } from "./drawing/hit-test.ts";
import type { GraphCanvas } from "./graph-canvas.ts";
import { openBlocks, selectedIndex } from "./graph-state.ts";
import { toggledOpen } from "./open-groups.ts";
import { picture } from "./picture.ts";

/** The canvas that is on the screen; null while none is. */
let shown: GraphCanvas | null = null;

export function setShownCanvas(canvas: GraphCanvas | null): void {
  shown = canvas;
}

/** Cards are large enough to be read from this zoom on. */
const readableScale = 0.75;

/** The whole picture on the screen. */
export function fitPicture(isInstant = false): void {
  const { width, height } = picture.value?.layout ?? { width: 1, height: 1 };
  // Above the lanes stand their titles.
  const head = (picture.value?.layout.lanes.length ?? 0) > 0 ? height * 0.03 : 0;
  shown?.fit({ x: 0, y: -head, width, height: height + head }, { isInstant });
}

/** Whether names can be read on the cards as they are on the screen. */
export function isReadable(): boolean {
  return (shown?.viewport.scale ?? 0) >= 0.4;
}

export function zoomBy(factor: number): void {
  shown?.zoom(factor);
}

/** Opens or closes a group; one that is opened comes so near that its cards can be read, if that is not far. */
export function toggleBlock(block: number): void {
  const current = picture.value;
  const rectangle = current?.layout.blocks[block];
  if (current === null || rectangle === undefined) return;
  const isOpening = openBlocks.value[block] !== true;
  changeView(toggledOpen(current.layout, openBlocks.value, block));
  if (isOpening && shown !== null && shown.viewport.scale < readableScale)
    shown.fit(rectangle, { largest: 1 });
}

/** Key of an asset that is to be brought onto the screen as soon as it is drawn; null when none is. */
export const revealWanted = signal<string | null>(null);

/** Selects an asset and brings it onto the screen, large enough to be read, opening its group. */
export function revealAsset(key: string, column: string | null = null): void {
  const asset = model.value?.indexOf(key) ?? null;
  if (asset === null) return;
  const { picture: shownAtRest } = view.value;
  if (shownAtRest === "overview") {
    changeView({ tab: "graph", focus: { key, up: 1, down: 1 }, asset: key, column, isTracing: false });
    return;
  }
  const current = picture.value;
  const isDrawn = current !== null && !Number.isNaN(current.layout.x[asset]);
  const block = current?.layout.blockOf[asset] ?? -1;
  const isClosed = isDrawn && block >= 0 && openBlocks.value[block] === false;
  changeView({
    tab: "graph",
    asset: key,
    column,
    isTracing: false,
    ...(isDrawn ? {} : { focus: null, selection: "" }),
    ...(isClosed ? toggledOpen(current.layout, openBlocks.value, block) : {}),
  });
  revealWanted.value = key;
}

/** Brings the wanted asset onto the screen; what is beside the picture has its place by then. */
export function bringIntoView(isInstant: boolean): void {
  const current = picture.value;
  const asset = model.value?.indexOf(revealWanted.value ?? "") ?? null;
  if (current === null || shown === null || asset === null) return;
  if (Number.isNaN(current.layout.x[asset])) return;
  revealWanted.value = null;
  const block = current.layout.blockOf[asset] ?? -1;
  if (block >= 0 && openBlocks.value[block] === false)
    changeView(toggledOpen(current.layout, openBlocks.value, block), { isMinor: true });
  const { width } = shown.screen;
  const height = shown.screen.height - coveredBelow();
  const scale = Math.max(0.9, Math.min(1.2, shown.viewport.scale));
  const target = {
    x: (current.layout.x[asset] ?? 0) + cardSize.width / 2 - width / 2 / scale,
    y: (current.layout.y[asset] ?? 0) + cardSize.height / 2 - height / 2 / scale,
    scale,
  };
  shown.moveTo(target, isInstant);
}

/** On a small screen the panel lies over the lower part of the picture: how many pixels of it. */
function coveredBelow(): number {
  const panel = document.querySelector(".panel");
  if (panel === null || getComputedStyle(panel).position !== "absolute") return 0;
  return panel.getBoundingClientRect().height;
}

/** Moves the picture just so far that the card of an asset is not cut off. */
function uncover(asset: number): void {
  const current = picture.value;
  if (current === null || shown === null) return;
  const { scale, x } = shown.viewport;
  const right = ((current.layout.x[asset] ?? Number.NaN) + cardSize.width - x) * scale;
  const over = right + 24 - shown.screen.width;
  if (over > 0) shown.moveTo({ ...shown.viewport, x: x + over / scale });
}

/** Only an asset and what is near it. */
export function focusOn(key: string, up = 1, down = 1): void {
  changeView({ tab: "graph", focus: { key, up, down }, asset: key, column: null, isTracing: false });
}

export function clickHit(hit: Hit): void {
  const graph = model.value;
  if (hit.type === "asset" && graph !== null) {
    const key = graph.asset(hit.asset).key;
    if (hit.column === null) {
      selectAsset(key);
      // The panel that opens may lie over it.
      requestAnimationFrame(() => requestAnimationFrame(() => uncover(hit.asset)));
    } else changeView({ asset: key, column: columns.value?.nameOf(hit.column) ?? null });
  } else if (hit.type === "block" && hit.isTitle) toggleBlock(hit.block);
  else if (view.value.isTracing) return;
  else selectAsset(null);
}

export function doubleClickHit(hit: Hit): void {
  if (hit.type === "asset" && model.value !== null) focusOn(model.value.asset(hit.asset).key);
}

/** Moves the selection along the lines, or within a group. */
export function moveSelection(direction: "left" | "right" | "up" | "down"): void {
  const current = picture.value;
  const asset = selectedIndex.value;
  if (current === null) return;
  const next = asset === null ? (current.assets[0] ?? null) : neighbor(asset, direction);
  if (next !== null) revealAsset(current.model.asset(next).key);
}

function neighbor(asset: number, direction: "left" | "right" | "up" | "down"): number | null {
  const current = picture.value;
  if (current === null) return null;
  if (direction === "left") return current.index.upstream(asset)[0] ?? null;
  if (direction === "right") return current.index.downstream(asset)[0] ?? null;
  const { layout } = current;
  const siblings = (layout.blocks[layout.blockOf[asset] ?? -1]?.assets ?? current.assets).filter(
    (other) => layout.blockOf[asset] !== -1 || layout.x[other] === layout.x[asset],
  );
  const ordered =
    layout.blockOf[asset] === -1
      ? [...siblings].sort((a, b) => (layout.y[a] ?? 0) - (layout.y[b] ?? 0))
      : siblings;
  return ordered[ordered.indexOf(asset) + (direction === "up" ? -1 : 1)] ?? null;
}
