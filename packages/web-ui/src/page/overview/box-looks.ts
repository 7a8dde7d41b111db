import { computed } from "@preact/signals";
import { formatCount } from "../../model/format-count.ts";
import type { GraphModel } from "../../model/graph-model.ts";
import { type BoxNote, boxNote } from "../../overview/box-note.ts";
import { nameOfEnd, type PlacedBox } from "../../overview/overview.ts";
import { colorNameOf } from "../pictures/kind-look.ts";
import { marks } from "../state/comparison.ts";
import { freshness } from "../state/dagster-state.ts";
import { model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";
import { connectionsOfBox, overview } from "./overview-state.ts";

/** What a box shows that does not depend on the pointer. */
interface BoxLook {
  readonly note: BoxNote;
  /** CSS background of its bar. */
  readonly bar: string;
  /** Its ribbons in words, for example `Feeds Read directly 1,345, Product 28 and 6 others.` */
  readonly connections: string;
}

const lens = computed(() => view.value.lens);

/** By index of the box. Pointing at boxes does not compute them again. */
export const boxLooks = computed((): readonly BoxLook[] => {
  const graph = model.value;
  if (graph === null) return [];
  const now = Date.now() / 1_000;
  return (overview.value?.boxes ?? []).map((box, index) => ({
    note: boxNote(graph, box, lens.value, { now, marks: marks.value, freshness: freshness.value }),
    bar: barOf(graph, box),
    connections: connectionsText(index),
  }));
});

/** The color of the kind; of several kinds, each has its share. */
function barOf(graph: GraphModel, { assets }: PlacedBox): string {
  const counts = new Map<string, number>();
  for (const asset of assets) {
    const color = `var(--kind-${colorNameOf(graph.kindOf(asset))})`;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  let at = 0;
  const stops = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([color, count]) => {
      const from = at;
      at += (100 * count) / assets.length;
      return `${color} ${from}% ${at}%`;
    });
  return `linear-gradient(${stops.join(", ")})`;
}

const namedConnections = 3;

function connectionsText(index: number): string {
  const current = overview.value;
  if (current === null) return "";
  const describe = (verb: string, ends: readonly (readonly [number | "gate", number])[]): string => {
    if (ends.length === 0) return "";
    const named = ends
      .slice(0, namedConnections)
      .map(([end, count]) => `${nameOfEnd(current, end)} ${formatCount(count)}`);
    const rest = ends.length - named.length;
    return ` ${verb} ${named.join(", ")}${rest > 0 ? ` and ${rest} others` : ""}.`;
  };
  const own = connectionsOfBox.value.get(index) ?? [];
  const fedBy = own
    .filter(({ to }) => to === index)
    .map(({ from, dependencies }) => [from, dependencies] as const);
  const feeds = own
    .filter(({ from }) => from === index)
    .map(({ to, dependencies }) => [to, dependencies] as const);
  return `${describe("Fed by", fedBy)}${describe("Feeds", feeds)}`;
}
