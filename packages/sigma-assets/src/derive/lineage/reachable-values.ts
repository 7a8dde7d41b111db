/** What a node has, and where it leads. */
export interface NodeStep<Node, Value> {
  /** Its own values, by identity. */
  readonly values: ReadonlyMap<unknown, Value>;
  readonly next: readonly Node[];
}

/** A node whose successors are being visited. */
interface Visit<Node> {
  readonly node: Node;
  readonly index: number;
  /** Position of the node among the unfinished nodes. */
  readonly place: number;
  /** Lowest index of an unfinished node that can be reached. */
  lowest: number;
  /** Number of visited successors. */
  done: number;
}

/**
 * The values of all nodes that can be reached from a node, itself included. All calls together visit each node once, and nodes that lead
 * to the same values share one map, so a chain takes linear time. The nodes of a cycle have the same values: they form a strongly
 * connected component, found by Tarjan's algorithm without recursion.
 */
export class ReachableValues<Node, Value> {
  readonly #stepOf: (node: Node) => NodeStep<Node, Value>;
  readonly #most: number;
  readonly #found = new Map<Node, ReadonlyMap<unknown, Value>>();

  /** @param most number of values to keep for each node (default: all) */
  constructor(stepOf: (node: Node) => NodeStep<Node, Value>, most: number = Number.POSITIVE_INFINITY) {
    this.#stepOf = stepOf;
    this.#most = most;
  }

  of(node: Node): ReadonlyMap<unknown, Value> {
    if (!this.#found.has(node)) this.#visit(node);
    return this.#found.get(node) ?? new Map();
  }

  #visit(start: Node): void {
    const steps = new Map<Node, NodeStep<Node, Value>>();
    const indexes = new Map<Node, number>();
    const unfinished: Node[] = [];
    const visits: Visit<Node>[] = [];
    const enter = (node: Node): void => {
      const index = indexes.size;
      indexes.set(node, index);
      steps.set(node, this.#stepOf(node));
      visits.push({ node, index, place: unfinished.length, lowest: index, done: 0 });
      unfinished.push(node);
    };
    enter(start);
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const next = steps.get(visit.node)?.next ?? [];
      if (visit.done < next.length) {
        const successor = next[visit.done++] as Node;
        if (this.#found.has(successor)) continue;
        const index = indexes.get(successor);
        if (index === undefined) enter(successor);
        else visit.lowest = Math.min(visit.lowest, index);
        continue;
      }
      visits.pop();
      const before = visits.at(-1);
      if (before !== undefined) before.lowest = Math.min(before.lowest, visit.lowest);
      if (visit.lowest === visit.index) this.#finish(unfinished.splice(visit.place), steps);
    }
  }

  /** @param nodes those of a cycle, or a single node */
  #finish(nodes: readonly Node[], steps: ReadonlyMap<Node, NodeStep<Node, Value>>): void {
    const maps = new Set<ReadonlyMap<unknown, Value>>();
    for (const node of nodes) {
      const { values, next } = steps.get(node) ?? { values: new Map(), next: [] };
      maps.add(values);
      for (const successor of next) maps.add(this.#found.get(successor) ?? new Map());
    }
    const all = this.#unionOf([...maps].filter(({ size }) => size > 0));
    for (const node of nodes) this.#found.set(node, all);
  }

  #unionOf(maps: readonly ReadonlyMap<unknown, Value>[]): ReadonlyMap<unknown, Value> {
    const none: ReadonlyMap<unknown, Value> = new Map();
    const largest = maps.reduce((one, other) => (other.size > one.size ? other : one), none);
    if (largest.size >= this.#most || maps.length < 2) return largest;
    const all = new Map(largest);
    for (const map of maps) {
      for (const [identity, value] of map) {
        if (all.size >= this.#most) return all;
        all.set(identity, value);
      }
    }
    return all;
  }
}
