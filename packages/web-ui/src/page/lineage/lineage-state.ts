import { computed, effect, signal } from "@preact/signals";
import { buildLineage } from "../../lineage/build-lineage.ts";
import type { Lineage } from "../../lineage/lineage.ts";
import type { Size } from "../state/measured-size.ts";
import { indexOfKey, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

/** Size of the picture in pixels; null until it is known. */
export const lineageSize = signal<Size | null>(null);

/** Id of the folder whose assets are shown in its place; null for none. */
export const openedFolder = signal<string | null>(null);

/** Id of the card that is pointed at, or has the focus; null for none. */
export const pointedCard = signal<string | null>(null);

const centerKey = computed(() => view.value.focus?.key ?? null);
const stepsUp = computed(() => view.value.stepsUp);
const stepsDown = computed(() => view.value.stepsDown);

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

/** Makes an asset the center, and selects it. */
export function centerOn(key: string): void {
  pointedCard.value = null;
  changeView({
    focus: { key, up: 1, down: 1 },
    asset: key,
    column: null,
    isTracing: false,
    stepsUp: null,
    stepsDown: null,
  });
}
