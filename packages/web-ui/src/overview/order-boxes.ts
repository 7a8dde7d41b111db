import type { Connection } from "./overview.ts";

/** Orders of the boxes of the three lanes, as indices of boxes; the gate is the last one of the middle lane. */
type Orders = readonly [readonly number[], readonly number[], readonly number[]];

const sweeps = 10;
const rounds = 8;
/** Another order than that by size must save this share of the crossings. */
const worthwhile = 0.15;

/**
 * Orders the boxes of each lane so that ribbons cross less, if that makes a difference; otherwise they stay in the given order,
 * which is by size, and easier to scan.
 *
 * @param isLast whether a box stays at the end of its lane
 */
export function orderBoxes(
  given: Orders,
  connections: readonly Connection[],
  isLast: (box: number) => boolean,
): Orders {
  const crossing = new Crossings(connections);
  const before = crossing.of(given);
  let best: Orders = given;
  let least = before;
  let current = given;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    current = crossing.sweep(current, sweep % 2 === 0, isLast);
    const now = crossing.of(current);
    if (now < least) [best, least] = [current, now];
  }
  for (let round = 0; round < rounds; round++) {
    const [improved, now] = crossing.swapNeighbors(best, least, isLast);
    if (now === least) break;
    [best, least] = [improved, now];
  }
  return least <= before * (1 - worthwhile) ? best : given;
}

/** Counts how much ribbons cross: of each crossing pair the weight of the lighter one. */
class Crossings {
  readonly #left: readonly Connection[];
  readonly #right: readonly Connection[];

  constructor(connections: readonly Connection[]) {
    // The boxes of the left lane are the ones that nothing leads to.
    const targets = new Set(connections.map(({ to }) => to));
    this.#left = connections.filter(({ from }) => !targets.has(from) && from !== "gate");
    this.#right = connections.filter((connection) => !this.#left.includes(connection));
  }

  of(orders: Orders): number {
    const place = placesIn(orders);
    return count(this.#left, place) + count(this.#right, place);
  }

  /** Moves each box to the mean of what it is connected with, lane by lane. */
  sweep(orders: Orders, toRight: boolean, isLast: (box: number) => boolean): Orders {
    const next: [readonly number[], readonly number[], readonly number[]] = [...orders];
    for (const lane of toRight ? [1, 2] : [1, 0]) {
      const place = placesIn(next);
      const means = new Map<number, number>();
      const boxes = next[lane as 0 | 1 | 2];
      for (const box of boxes) means.set(box, this.#meanOf(box, place, toRight) ?? place.get(box) ?? 0);
      next[lane as 0 | 1 | 2] = [...boxes].sort(
        (a, b) => Number(isLast(a)) - Number(isLast(b)) || (means.get(a) ?? 0) - (means.get(b) ?? 0),
      );
    }
    return next;
  }

  /** Lets neighbors change places as far as that helps. */
  swapNeighbors(orders: Orders, least: number, isLast: (box: number) => boolean): readonly [Orders, number] {
    let best = orders;
    let fewest = least;
    for (const lane of [0, 1, 2] as const)
      for (let at = 0; at + 1 < best[lane].length; at++) {
        const changed = [...best[lane]];
        const [a = 0, b = 0] = changed.splice(at, 2);
        if (isLast(a) || isLast(b)) continue;
        changed.splice(at, 0, b, a);
        const next: [readonly number[], readonly number[], readonly number[]] = [...best];
        next[lane] = changed;
        const now = this.of(next);
        if (now < fewest) [best, fewest] = [next, now];
      }
    return [best, fewest];
  }

  #meanOf(box: number, place: ReadonlyMap<number | "gate", number>, toRight: boolean): number | null {
    let sum = 0;
    let weight = 0;
    for (const { from, to, dependencies } of [...this.#left, ...this.#right]) {
      const other = toRight ? (to === box ? from : null) : from === box ? to : null;
      if (other === null) continue;
      sum += (place.get(other) ?? 0) * dependencies;
      weight += dependencies;
    }
    return weight === 0 ? null : sum / weight;
  }
}

/** Relative places in the lanes, from 0 to 1; the gate is at the end. */
function placesIn(orders: Orders): ReadonlyMap<number | "gate", number> {
  const places = new Map<number | "gate", number>([["gate", 1.01]]);
  for (const order of orders)
    for (const [at, box] of order.entries()) places.set(box, (at + 0.5) / order.length);
  return places;
}

function count(connections: readonly Connection[], place: ReadonlyMap<number | "gate", number>): number {
  const ends = connections.map(({ from, to, dependencies }) => ({
    from: place.get(from) ?? 0,
    to: place.get(to) ?? 0,
    dependencies,
  }));
  let sum = 0;
  for (let a = 0; a < ends.length; a++)
    for (let b = a + 1; b < ends.length; b++) {
      const one = ends[a] as (typeof ends)[number];
      const other = ends[b] as (typeof ends)[number];
      if ((one.from - other.from) * (one.to - other.to) < 0)
        sum += Math.min(one.dependencies, other.dependencies);
    }
  return sum;
}
