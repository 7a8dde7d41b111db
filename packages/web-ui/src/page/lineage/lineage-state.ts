import { computed, effect, signal } from "@preact/signals";
import { buildLineage } from "../../lineage/build-lineage.ts";
import { lineageOf } from "../../lineage/choose-rows.ts";
import type { Lineage } from "../../lineage/lineage.ts";
import type { Size } from "../pictures/measured-size.ts";
import { columns, indexOfKey, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

/** Size of the picture in pixels; null until it is known. */
export const lineageSize = signal<Size | null>(null);

/** Id of the folder whose assets are shown in its place; null for none. */
export const openedFolder = signal<string | null>(null);

/** Id of the card that is pointed at, or has the focus; null for none. */
export const pointedCard = signal<string | null>(null);

const centerKey = computed(() => view.value.focus?.key ?? null);
const hasColumns = computed(() => view.value.hasColumns);
const stepsUp = computed(() => view.value.stepsUp);
const stepsDown = computed(() => view.value.stepsDown);

/** Number of the selected column while columns are shown; null for none. */
export const selectedColumn = computed((): number | null => {
  const { asset, column } = view.value;
  const index = indexOfKey.value(asset);
  if (!hasColumns.value || index === null || column === null) return null;
  return columns.value?.find({ asset: index, name: column }) ?? null;
});

/** The picture; null until the graph and the size are known, or if the asset is gone. */
export const lineage = computed((): Lineage | null => {
  const graph = model.value;
  const size = lineageSize.value;
  const center = indexOfKey.value(centerKey.value);
  if (graph === null || size === null || center === null) return null;
  return buildLineage(graph, {
    center,
    up: stepsUp.value,
    down: stepsDown.value,
    opened: openedFolder.value,
    columns:
      hasColumns.value && columns.value !== null
        ? { known: columns.value, selected: selectedColumn.value }
        : null,
    ...size,
  });
});

// A folder of one asset's lineage is not a folder of another one's.
effect(() => {
  if (centerKey.value !== null) openedFolder.value = null;
});

/** Cards and lines that are on a way through the card that is pointed at; null while none is. */
export const way = computed(
  (): { readonly cards: ReadonlySet<number>; readonly lines: ReadonlySet<number> } | null => {
    const current = lineage.value;
    const pointed = current?.cards.findIndex(({ id }) => id === pointedCard.value) ?? -1;
    if (current === null || pointed < 0) return null;
    const cards = new Set([pointed]);
    const lines = new Set<number>();
    const walk = (endOf: "from" | "to", otherOf: "from" | "to"): void => {
      const waiting = [pointed];
      for (let card = waiting.pop(); card !== undefined; card = waiting.pop())
        current.lines.forEach((line, at) => {
          if (line[endOf] !== card) return;
          lines.add(at);
          if (!cards.has(line[otherOf]) || line[otherOf] === pointed) {
            if (!cards.has(line[otherOf])) waiting.push(line[otherOf]);
            cards.add(line[otherOf]);
          }
        });
    };
    walk("to", "from");
    walk("from", "to");
    return { cards, lines };
  },
);

/** Number of the column that is pointed at, or has the focus; null for none. */
export const pointedColumn = signal<number | null>(null);

/** Columns in the lineage of the one that is pointed at, else of the selected one; null for neither. */
export const columnWay = computed((): ReadonlySet<number> | null => {
  const known = columns.value;
  const start = pointedColumn.value ?? selectedColumn.value;
  return known === null || start === null ? null : new Set(lineageOf(known, [start]));
});

/** Makes an asset the center, and selects it. */
export function centerOn(key: string): void {
  pointedCard.value = null;
  pointedColumn.value = null;
  changeView({
    focus: { key, up: 1, down: 1 },
    asset: key,
    column: null,
    isTracing: false,
    stepsUp: null,
    stepsDown: null,
  });
}
