import type { SelectableGraph, SelectableNode } from "./selectable-graph.ts";

export type Direction = "upstream" | "downstream";

/** A graph by position instead of id: id lookups are the main cost of traversal. */
export class IndexedGraph {
  readonly nodes: readonly SelectableNode[];
  readonly #edges: Record<Direction, readonly (readonly number[])[] | null>;

  constructor(graph: SelectableGraph) {
    this.nodes = [...graph.nodes.values()];
    this.#edges = { upstream: null, downstream: null };
  }

  /** Adjacent positions for each position; ids that are not in the graph are skipped. */
  edges(direction: Direction): readonly (readonly number[])[] {
    this.#edges[direction] ??= this.#index(direction);
    return this.#edges[direction];
  }

  #index(direction: Direction): readonly (readonly number[])[] {
    const places = new Map(this.nodes.map(({ id }, place) => [id, place]));
    return this.nodes.map((node) =>
      node[direction].map((id) => places.get(id) ?? -1).filter((place) => place !== -1),
    );
  }
}

/** Cached as long as the graph exists: a page evaluates a selection on every keystroke. */
const indexed: WeakMap<SelectableGraph, IndexedGraph> = new WeakMap();

export function indexGraph(graph: SelectableGraph): IndexedGraph {
  const known = indexed.get(graph);
  if (known !== undefined) return known;
  const made = new IndexedGraph(graph);
  indexed.set(graph, made);
  return made;
}
