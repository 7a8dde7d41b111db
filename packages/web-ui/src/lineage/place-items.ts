import { lineageSizes } from "./lineage.ts";
import { linksOf } from "./order-items.ts";
import type { Routes } from "./route-edges.ts";

const rounds = 14;

/**
 * The middle of each item, in pixels: as near to its neighbors as the order in its layer allows.
 *
 * @param heights of the cards, by index
 */
export function placeItems(
  { items, ways }: Routes,
  orders: ReadonlyMap<number, readonly number[]>,
  heights: readonly number[],
): readonly number[] {
  const { before, after } = linksOf(items.length, ways);
  const heightOf = (item: number): number => heights[item] ?? lineageSizes.slotHeight;
  const y = new Array<number>(items.length).fill(0);
  for (const order of orders.values()) {
    let at = 0;
    for (const item of order) {
      y[item] = at + heightOf(item) / 2;
      at += heightOf(item) + lineageSizes.gap;
    }
  }
  for (let round = 0; round < rounds; round++)
    for (const order of orders.values()) {
      const wanted = order.map((item) => {
        const others = [...(before[item] ?? []), ...(after[item] ?? [])];
        if (others.length === 0) return y[item] ?? 0;
        return others.reduce((sum, other) => sum + (y[other] ?? 0), 0) / others.length;
      });
      const placed = keepOrder(wanted, order.map(heightOf));
      order.forEach((item, at) => {
        y[item] = placed[at] ?? 0;
      });
    }
  const top = Math.min(...y.map((middle, item) => middle - heightOf(item) / 2));
  return y.map((middle) => middle - top);
}

/** The places nearest to the wanted ones (least squares) that keep order and distances: pool adjacent violators. */
function keepOrder(wanted: readonly number[], heights: readonly number[]): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [at, height] of heights.entries()) {
    if (at > 0) offset += ((heights[at - 1] ?? 0) + height) / 2 + lineageSizes.gap;
    offsets.push(offset);
  }
  const pools: { sum: number; count: number }[] = [];
  for (const [at, place] of wanted.entries()) {
    pools.push({ sum: place - (offsets[at] ?? 0), count: 1 });
    for (;;) {
      const last = pools.at(-1);
      const previous = pools.at(-2);
      if (last === undefined || previous === undefined) break;
      if (previous.sum / previous.count <= last.sum / last.count) break;
      previous.sum += last.sum;
      previous.count += last.count;
      pools.pop();
    }
  }
  const placed: number[] = [];
  for (const { sum, count } of pools)
    for (let at = 0; at < count; at++) placed.push(sum / count + (offsets[placed.length] ?? 0));
  return placed;
}
