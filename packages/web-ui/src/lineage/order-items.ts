import type { Routes } from "./route-edges.ts";

const sweeps = 12;

/** Links between items of neighboring layers. */
interface Links {
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** Orders of the items by layer, so that lines cross little: barycenter sweeps, of which the best is kept. */
export function orderItems(
  { items, ways }: Routes,
  layers: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const links = linksOf(items.length, ways);
  let orders = new Map<number, readonly number[]>(
    layers.map((layer) => [layer, items.flatMap((item, at) => (item.layer === layer ? [at] : []))]),
  );
  let best = orders;
  let fewest = crossings(orders, layers, links);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const toRight = sweep % 2 === 0;
    const next = new Map(orders);
    for (const layer of toRight ? layers : [...layers].reverse()) {
      const places = placesOf(next);
      const order = next.get(layer) ?? [];
      const meanOf = (item: number): number => {
        const others = (toRight ? links.before : links.after)[item] ?? [];
        if (others.length === 0) return places.get(item) ?? 0;
        return others.reduce((sum, other) => sum + (places.get(other) ?? 0), 0) / others.length;
      };
      const means = new Map(order.map((item) => [item, meanOf(item)]));
      next.set(
        layer,
        [...order].sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0)),
      );
    }
    orders = next;
    const now = crossings(orders, layers, links);
    if (now < fewest) [best, fewest] = [orders, now];
  }
  return best;
}

export function linksOf(count: number, ways: readonly (readonly number[])[]): Links {
  const before = Array.from({ length: count }, () => new Set<number>());
  const after = Array.from({ length: count }, () => new Set<number>());
  for (const way of ways)
    for (let at = 0; at + 1 < way.length; at++) {
      const from = way[at] ?? 0;
      const to = way[at + 1] ?? 0;
      after[from]?.add(to);
      before[to]?.add(from);
    }
  return { before: before.map((set) => [...set]), after: after.map((set) => [...set]) };
}

/** Relative places, from 0 to 1. */
function placesOf(orders: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const order of orders.values())
    for (const [at, item] of order.entries()) places.set(item, (at + 0.5) / order.length);
  return places;
}

function crossings(
  orders: ReadonlyMap<number, readonly number[]>,
  layers: readonly number[],
  { after }: Links,
): number {
  let count = 0;
  for (const layer of layers) {
    const next = new Map((orders.get(layer + 1) ?? []).map((item, at) => [item, at]));
    const ends = (orders.get(layer) ?? []).map((item) =>
      (after[item] ?? []).flatMap((other) => next.get(other) ?? []),
    );
    for (let a = 0; a < ends.length; a++)
      for (let b = a + 1; b < ends.length; b++)
        for (const one of ends[a] ?? []) for (const other of ends[b] ?? []) if (one > other) count++;
  }
  return count;
}
