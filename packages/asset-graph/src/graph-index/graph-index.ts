/** Dependencies by index, for fast traversal. */
export class GraphIndex {
  readonly count: number;
  /** Pairs: upstream, downstream. */
  readonly edges: readonly number[];
  readonly #up: Neighbors;
  readonly #down: Neighbors;

  /** @param edges pairs of indices below `count` */
  constructor(count: number, edges: readonly number[]) {
    this.count = count;
    this.edges = edges;
    this.#up = new Neighbors(count, edges, 1);
    this.#down = new Neighbors(count, edges, 0);
  }

  /** Direct upstream assets. */
  upstream(asset: number): Int32Array {
    return this.#up.of(asset);
  }

  /** Direct downstream assets. */
  downstream(asset: number): Int32Array {
    return this.#down.of(asset);
  }

  /** All upstream assets with their distance in steps; the start assets have distance 0. */
  walkUp(starts: Iterable<number>, hops: number = Number.POSITIVE_INFINITY): ReadonlyMap<number, number> {
    return walk(this.#up, starts, hops);
  }

  /** All downstream assets with their distance in steps; the start assets have distance 0. */
  walkDown(starts: Iterable<number>, hops: number = Number.POSITIVE_INFINITY): ReadonlyMap<number, number> {
    return walk(this.#down, starts, hops);
  }

  /** The start assets and everything upstream: 1 by asset, else 0. Faster than {@link walkUp}, and without distances. */
  reachUp(starts: Iterable<number>): Uint8Array {
    return reach(this.#up, this.count, starts);
  }

  /** The start assets and everything downstream: 1 by asset, else 0. Faster than {@link walkDown}, and without distances. */
  reachDown(starts: Iterable<number>): Uint8Array {
    return reach(this.#down, this.count, starts);
  }
}

/** Marks the start assets and everything behind them. */
function reach(neighbors: Neighbors, count: number, starts: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(count);
  const waiting: number[] = [];
  const mark = (asset: number): void => {
    if (marks[asset] === 1) return;
    marks[asset] = 1;
    waiting.push(asset);
  };
  for (const asset of starts) mark(asset);
  for (let asset = waiting.pop(); asset !== undefined; asset = waiting.pop())
    neighbors.of(asset).forEach(mark);
  return marks;
}

class Neighbors {
  readonly #starts: Int32Array;
  readonly #all: Int32Array;

  /** @param side 0: neighbors of the first asset of each pair; 1: neighbors of the second */
  constructor(count: number, edges: readonly number[], side: 0 | 1) {
    this.#starts = new Int32Array(count + 1);
    this.#all = new Int32Array(edges.length / 2);
    for (let edge = 0; edge < edges.length; edge += 2) this.#add((edges[edge + side] as number) + 1, 1);
    for (let asset = 0; asset < count; asset++) this.#add(asset + 1, this.#starts[asset] as number);
    const next = this.#starts.slice();
    for (let edge = 0; edge < edges.length; edge += 2) {
      const owner = edges[edge + side] as number;
      this.#all[next[owner] as number] = edges[edge + 1 - side] as number;
      next[owner] = (next[owner] as number) + 1;
    }
  }

  of(asset: number): Int32Array {
    return this.#all.subarray(this.#starts[asset], this.#starts[asset + 1]);
  }

  #add(at: number, amount: number): void {
    this.#starts[at] = (this.#starts[at] as number) + amount;
  }
}

function walk(neighbors: Neighbors, starts: Iterable<number>, hops: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let frontier = [...starts];
  for (const asset of frontier) found.set(asset, 0);
  for (let step = 1; step <= hops && frontier.length > 0; step++) {
    const further: number[] = [];
    for (const asset of frontier) {
      for (const other of neighbors.of(asset)) {
        if (found.has(other)) continue;
        found.set(other, step);
        further.push(other);
      }
    }
    frontier = further;
  }
  return found;
}
