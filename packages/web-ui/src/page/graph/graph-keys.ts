import { columnPopoverAsset } from "../state/column-popover-state.ts";
import { changeView, selectAsset, view } from "../state/view-state.ts";
import { fitPicture, focusOn, moveSelection, toggleBlock, zoomBy } from "./graph-actions.ts";
import { openBlocks, selectedIndex } from "./graph-state.ts";
import { picture } from "./picture.ts";

const directions = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" } as const;

/** What the keys do while the graph has the focus; the help lists them. */
export const graphKeys: readonly (readonly [keys: string, what: string])[] = [
  ["← →", "to what the selected asset reads, and to what reads it"],
  ["↑ ↓", "to its neighbors in the group"],
  ["Enter", "only the selected asset and what is next to it"],
  ["c", "the columns of the selected asset"],
  ["o", "open or close the group of the selected asset"],
  ["a / n", "open all groups, close all groups"],
  ["+ − f", "zoom in, zoom out, everything on the screen"],
  ["Esc", "back to everything, nothing selected"],
];

export function onGraphKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const direction = directions[event.key as keyof typeof directions];
  if (direction !== undefined) moveSelection(direction);
  else if (!runKey(event.key)) return;
  event.preventDefault();
}

function runKey(key: string): boolean {
  const { asset } = view.value;
  switch (key) {
    case "Enter":
      if (asset !== null) focusOn(asset);
      return true;
    case "c":
      columnPopoverAsset.value = columnPopoverAsset.value === asset ? null : asset;
      return true;
    case "o":
      toggleGroupOfSelected();
      return true;
    case "a":
      changeView({ open: "all", closed: [] });
      return true;
    case "n":
      changeView({ open: "none", closed: [] });
      return true;
    case "+":
    case "=":
      zoomBy(1.25);
      return true;
    case "-":
      zoomBy(0.8);
      return true;
    case "f":
    case "0":
      fitPicture();
      return true;
    case "Escape":
      leave();
      return true;
    default:
      return false;
  }
}

/** One step back towards the whole graph. */
function leave(): void {
  if (columnPopoverAsset.value !== null) columnPopoverAsset.value = null;
  else if (view.value.isTracing) changeView({ isTracing: false });
  else if (view.value.focus !== null) changeView({ focus: null });
  else selectAsset(null);
}

function toggleGroupOfSelected(): void {
  const asset = selectedIndex.value;
  const block = asset === null ? -1 : (picture.value?.layout.blockOf[asset] ?? -1);
  if (block >= 0 && openBlocks.value.length > 0) toggleBlock(block);
}
