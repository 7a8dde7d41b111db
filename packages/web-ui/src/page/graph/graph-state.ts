import { computed, signal } from "@preact/signals";
import { bundleEdges } from "../../layout/bundle-edges.ts";
import { marks } from "../state/comparison.ts";
import { columns, indexOfKey } from "../state/page-data.ts";
import { theme } from "../state/theme.ts";
import { view } from "../state/view-state.ts";
import { readColors } from "./drawing/colors.ts";
import { columnsAlong, highlightAssets, highlightColumn } from "./drawing/highlight.ts";
import type { Hit } from "./drawing/hit-test.ts";
import type { Size, Viewport } from "./drawing/viewport.ts";
import type { SceneContent } from "./graph-canvas.ts";
import { openGroups } from "./open-groups.ts";
import { picture } from "./picture.ts";

/** What is pointed at. */
export const hovered = signal<Hit>({ type: "nothing" });

/** How large the picture is on the screen. */
export const screenSize = signal<Size>({ width: 1, height: 1 });

export const viewport = signal<Viewport>({ x: 0, y: 0, scale: 1 });

/** Another text only when other groups are open. */
const opened = computed(() => JSON.stringify([view.value.open, view.value.closed]));

/** Whether each group shows its cards. */
export const openBlocks = computed(() =>
  picture.value === null || opened.value === ""
    ? []
    : openGroups(picture.value.layout, view.peek(), screenSize.value),
);

const bundles = computed(() => {
  const current = picture.value;
  if (current === null) return null;
  const open = openBlocks.value;
  return bundleEdges(current.layout, current.index, (block) => open[block] === true);
});

const overview = computed(() => {
  const current = picture.value;
  return current === null ? null : bundleEdges(current.layout, current.index, () => false);
});

export const selectedIndex = computed(() => indexOfKey.value(view.value.asset));

export const selectedColumn = computed(() => {
  const asset = selectedIndex.value;
  const name = view.value.column;
  return asset === null || name === null ? null : (columns.value?.find({ asset, name }) ?? null);
});

/** What is pointed at lights up before what is selected. */
const highlight = computed(() => {
  const current = picture.value;
  if (current === null || current.type === "trace") return null;
  const hit = hovered.value;
  if (hit.type === "asset") return highlightAssets(current.index, [hit.asset]);
  if (hit.type === "block" && hit.isTitle)
    return highlightAssets(current.index, current.layout.blocks[hit.block]?.assets ?? []);
  const column = selectedColumn.value;
  if (column !== null && columns.value !== null) return highlightColumn(columns.value, column);
  const asset = selectedIndex.value;
  return asset === null ? null : highlightAssets(current.index, [asset]);
});

const litColumns = computed(() => {
  const column = selectedColumn.value;
  const known = columns.value;
  return column === null || known === null
    ? new Map<number, readonly string[]>()
    : columnsAlong(known, column);
});

const colors = computed(() => {
  void theme.value;
  return readColors();
});

/** What is drawn; null until there is anything. */
export const sceneContent = computed((): SceneContent | null => {
  const current = picture.value;
  if (current === null || bundles.value === null || overview.value === null) return null;
  const hit = hovered.value;
  return {
    picture: current,
    open: openBlocks.value,
    bundles: bundles.value,
    overview: overview.value,
    highlight: highlight.value,
    marks: marks.value,
    selected: selectedIndex.value,
    hovered: hit.type === "asset" ? hit.asset : null,
    hoveredBlock: hit.type === "block" && hit.isTitle ? hit.block : null,
    litColumns: litColumns.value,
    columnName: (column) => columns.value?.nameOf(column) ?? "",
    selectedColumn: selectedColumn.value,
    colors: colors.value,
  };
});
