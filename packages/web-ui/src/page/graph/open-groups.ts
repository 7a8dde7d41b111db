import type { MapLayout } from "../../layout/map-layout.ts";
import type { ViewState } from "../../model/view-address.ts";
import { fitViewport, type Size } from "./drawing/viewport.ts";

/** From this zoom on names can be read on cards. */
const readableScale = 0.6;

type Opening = Pick<ViewState, "open" | "closed">;

/**
 * Which groups show their cards, by index of the block. Only those that the user opened; where all cards can be read on one
 * screen there is nothing to close, and a group of one would only hide its name.
 */
export function openGroups(layout: MapLayout, opening: Opening, screen: Size): readonly boolean[] {
  const chosen = chosenGroups(layout, opening, screen);
  return layout.blocks.map(({ assets }, at) => assets.length === 1 || chosen[at] === true);
}

function chosenGroups(layout: MapLayout, { open, closed }: Opening, screen: Size): readonly boolean[] {
  if (open === "none") return layout.blocks.map(() => false);
  if (open === "all") {
    const excepted = new Set(closed);
    return layout.blocks.map(({ id }) => !excepted.has(id));
  }
  if (open === "auto") {
    const { scale } = fitViewport({ x: 0, y: 0, width: layout.width, height: layout.height }, screen);
    return layout.blocks.map(() => scale >= readableScale);
  }
  const ids = new Set(open);
  return layout.blocks.map(({ id }) => ids.has(id));
}

/** What the view says when one group is opened or closed: whichever is shorter, those that are open or those that are not. */
export function toggledOpen(layout: MapLayout, open: readonly boolean[], block: number): Opening {
  const groups = layout.blocks.flatMap(({ id, assets }, at) =>
    assets.length === 1 ? [] : [{ id, isOpen: (at === block) !== (open[at] === true) }],
  );
  const opened = groups.filter(({ isOpen }) => isOpen).map(({ id }) => id);
  const closed = groups.filter(({ isOpen }) => !isOpen).map(({ id }) => id);
  if (opened.length === 0) return { open: "none", closed: [] };
  return opened.length > closed.length ? { open: "all", closed } : { open: opened, closed: [] };
}
