import type { LineageCard, LineageEdge } from "./lineage.ts";

/** Something that has a place in a layer: a card, or a slot through which long edges pass. */
interface Item {
  readonly layer: number;
}

/** The items of the picture, and the way of each edge through them. */
export interface Routes {
  /** The cards, by their indices, and then the slots. */
  readonly items: readonly Item[];
  /** Indices of items, from the card that an edge leaves to the card that it reaches. */
  readonly ways: readonly (readonly number[])[];
}

/**
 * Gives edges that are longer than one layer slots in the layers between. Slots are shared: downstream by what the edges leave,
 * upstream by what they reach, so that many long edges become one trunk.
 */
export function routeEdges(cards: readonly LineageCard[], edges: readonly LineageEdge[]): Routes {
  const items: Item[] = cards.map(({ layer }) => ({ layer }));
  const slots = new Map<string, number>();
  const ways = edges.map(({ from, to }) => {
    const start = cards[from]?.layer ?? 0;
    const end = cards[to]?.layer ?? 0;
    const way = [from];
    for (let layer = start + 1; layer < end; layer++) {
      const id = start >= 0 ? `out ${from} ${layer}` : `in ${to} ${layer}`;
      const known = slots.get(id) ?? items.push({ layer }) - 1;
      slots.set(id, known);
      way.push(known);
    }
    return [...way, to];
  });
  return { items, ways };
}
