import type { MapLayout } from "../../layout/map-layout.ts";
import type { ViewState } from "../../model/view-state.ts";
import { fitViewport, type Size } from "./viewport.ts";

/** From this zoom on names can be read on cards. */
const readableScale = 0.6;

/**
 * Which groups show their cards, by index of the block. Nothing but what somebody opened; where all cards can be read on one
 * screen there is nothing to close.
 */
export function openGroups(layout: MapLayout, open: ViewState["open"], screen: Size): readonly boolean[] {
  const chosen = chosenGroups(layout, open, screen);
  // A group of one would only hide its name.
  return layout.blocks.map(({ assets }, at) => assets.length === 1 || chosen[at] === true);
}

function chosenGroups(layout: MapLayout, open: ViewState["open"], screen: Size): readonly boolean[] {
  if (open === "all") return layout.blocks.map(() => true);
  if (open === "none") return layout.blocks.map(() => false);
  if (open === "auto") {
    const { scale } = fitViewport({ x: 0, y: 0, width: layout.width, height: layout.height }, screen);
    return layout.blocks.map(() => scale >= readableScale);
  }
  const ids = new Set(open);
  return layout.blocks.map(({ id }) => ids.has(id));
}

/** What `open` becomes when one group is opened or closed. */
export function toggledOpen(layout: MapLayout, open: readonly boolean[], block: number): ViewState["open"] {
  const next = layout.blocks.flatMap(({ id }, at) => ((at === block) !== (open[at] === true) ? [id] : []));
  if (next.length === 0) return "none";
  return next.length === layout.blocks.length ? "all" : next;
}
