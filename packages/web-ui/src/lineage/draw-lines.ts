import { groupBy } from "@dagster-sigma/foundation";
import { type LineageEdge, type LineageLine, lineageSizes } from "./lineage.ts";
import type { Routes } from "./route-edges.ts";

const { cardHeight } = lineageSizes;

/** Distance between lines at a card, and the part of its height that they use, in pixels. */
const portGap = 7;
const portsHeight = cardHeight - 8;

/**
 * The points of each line. Lines leave and reach a card at ports in the order of their other ends; they cross a layer level, in
 * their slot.
 *
 * @param places middle of the head of each card, and of each slot; left edge of each layer
 */
export function drawLines(
  edges: readonly LineageEdge[],
  { items, ways }: Routes,
  places: {
    readonly y: readonly number[];
    readonly xOf: (layer: number) => number;
    readonly cardWidth: number;
  },
): readonly LineageLine[] {
  const { cardWidth } = places;
  const yOf = (item: number): number => places.y[item] ?? 0;
  const ports = (
    endOf: (way: readonly number[]) => readonly [number, number],
  ): ReadonlyMap<number, number> => {
    const found = new Map<number, number>();
    const byCard = groupBy(ways.keys(), (at) => endOf(ways[at] ?? [])[0]);
    for (const [card, ofCard] of byCard) {
      // Lines through the same slot share a port.
      const byNext = [...groupBy(ofCard, (at) => endOf(ways[at] ?? [])[1])].sort(
        ([a], [b]) => yOf(a) - yOf(b),
      );
      const gap = Math.min(portGap, portsHeight / byNext.length);
      byNext.forEach(([, lines], at) => {
        for (const line of lines) found.set(line, yOf(card) + (at - (byNext.length - 1) / 2) * gap);
      });
    }
    return found;
  };
  const starts = ports((way) => [way[0] ?? 0, way[1] ?? 0]);
  const ends = ports((way) => [way.at(-1) ?? 0, way.at(-2) ?? 0]);
  return edges.map((edge, at): LineageLine => {
    const way = ways[at] ?? [];
    const points = way.flatMap((item, step): readonly (readonly [number, number])[] => {
      const x = places.xOf(items[item]?.layer ?? 0);
      if (step === 0) return [[x + cardWidth, starts.get(at) ?? yOf(item)]];
      if (step === way.length - 1) return [[x, ends.get(at) ?? yOf(item)]];
      return [
        [x, yOf(item)],
        [x + cardWidth, yOf(item)],
      ];
    });
    return { ...edge, points, width: Math.min(6, 1.4 + 0.8 * Math.log2(edge.dependencies)) };
  });
}
