import type { Lineage } from "../../lineage/lineage.ts";
import { changeView } from "../state/view-state.ts";
import { lineage, openedFolder } from "./lineage-state.ts";

/** Keys of the picture: arrows move in the layer and along lines; Escape closes a folder, or goes back to everything. */
export function onLineageKey(event: KeyboardEvent): void {
  const current = lineage.value;
  if (current === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (openedFolder.value !== null) openedFolder.value = null;
    else changeView({ focus: null });
    event.preventDefault();
    return;
  }
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.dataset["column"] !== undefined) {
    if (moveToColumn(current, Number(focused.dataset["column"]), event.key)) event.preventDefault();
    return;
  }
  const id = focused instanceof HTMLElement ? focused.dataset["card"] : undefined;
  const at = current.cards.findIndex((card) => card.id === id);
  const next = at < 0 ? null : nextCard(current, at, event.key);
  if (next === null) return;
  event.preventDefault();
  const cards = document.querySelectorAll<HTMLElement>(".lineage-card");
  [...cards].find(({ dataset }) => dataset["card"] === current.cards[next]?.id)?.focus();
}

/** Moves the focus from a column to the one above or below, or along its first line. */
function moveToColumn(current: Lineage, column: number, key: string): boolean {
  const card = current.cards.find(({ rows }) => rows.columns.includes(column));
  const columns = card?.rows.columns ?? [];
  const place = columns.indexOf(column);
  const next = {
    ArrowUp: columns[place - 1],
    ArrowDown: columns[place + 1],
    ArrowLeft: current.columnLines.find(({ to }) => to === column)?.from,
    ArrowRight: current.columnLines.find(({ from }) => from === column)?.to,
  }[key];
  if (next === undefined) return false;
  const rows = document.querySelectorAll<HTMLElement>(".lineage-column");
  [...rows].find(({ dataset }) => dataset["column"] === String(next))?.focus();
  return true;
}

function nextCard(current: Lineage, at: number, key: string): number | null {
  const layer = current.layers.find((each) => each.layer === current.cards[at]?.layer);
  const place = layer?.cards.indexOf(at) ?? -1;
  switch (key) {
    case "ArrowUp":
      return layer?.cards[place - 1] ?? null;
    case "ArrowDown":
      return layer?.cards[place + 1] ?? null;
    case "ArrowLeft":
      return strongest(current, at, "to")?.from ?? null;
    case "ArrowRight":
      return strongest(current, at, "from")?.to ?? null;
    default:
      return null;
  }
}

function strongest(current: Lineage, at: number, end: "from" | "to"): Lineage["lines"][number] | null {
  const lines = current.lines.filter((line) => line[end] === at);
  return lines.sort((a, b) => b.dependencies - a.dependencies)[0] ?? null;
}
