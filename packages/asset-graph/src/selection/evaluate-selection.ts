import { type Direction, type IndexedGraph, indexGraph } from "./indexed-graph.ts";
import { attributeTest, keyTest, type NodeTest, tagTest } from "./node-tests.ts";
import type { SelectableGraph } from "./selectable-graph.ts";
import type { SelectionExpression, TraversalDepth } from "./selection-expression.ts";

/** One element per node, in graph order: 1 if it is selected, else 0. */
type Marks = Uint8Array;

/**
 * The ids of the selected assets, in graph order. Upstream traversal, `*` and `not` include external assets, unlike
 * in Dagster.
 */
export function evaluateSelection(
  expression: SelectionExpression,
  graph: SelectableGraph,
): ReadonlySet<string> {
  const indexed = indexGraph(graph);
  const marks = new Evaluation(indexed).evaluate(expression);
  return new Set(placesOf(marks).map((place) => indexed.nodes[place]?.id ?? ""));
}

class Evaluation {
  readonly #graph: IndexedGraph;

  constructor(graph: IndexedGraph) {
    this.#graph = graph;
  }

  evaluate(expression: SelectionExpression): Marks {
    switch (expression.type) {
      case "all":
        return this.#mark(() => true);
      case "attribute":
        return this.#mark(attributeTest(expression.attribute, expression.value));
      case "tag":
        return this.#mark(tagTest(expression.key, expression.value));
      case "asset":
        return this.#mark(keyTest(expression.path.split("/")));
      case "and":
        return this.#join(expression.operands, (left, right) => left & right);
      case "or":
        return this.#join(expression.operands, (left, right) => left | right);
      case "not":
        return this.evaluate(expression.operand).map((mark) => 1 - mark);
      case "traversal": {
        const start = this.evaluate(expression.operand);
        const above = this.#reach(start, "upstream", expression.up ?? 0);
        const below = this.#reach(start, "downstream", expression.down ?? 0);
        return start.map((mark, place) => mark | (above[place] ?? 0) | (below[place] ?? 0));
      }
      case "sinks":
      case "roots": {
        const within = this.evaluate(expression.operand);
        // An asset that another selected asset reaches, via any assets, is not a sink (or root).
        const reached = this.#reach(within, expression.type === "sinks" ? "upstream" : "downstream", "all");
        return within.map((mark, place) => mark & ~(reached[place] ?? 0));
      }
    }
  }

  #mark(test: NodeTest): Marks {
    return Uint8Array.from(this.#graph.nodes, (node) => (test(node) ? 1 : 0));
  }

  #join(operands: readonly SelectionExpression[], operation: (left: number, right: number) => number): Marks {
    return operands
      .map((operand) => this.evaluate(operand))
      .reduce((left, right) => left.map((mark, place) => operation(mark, right[place] ?? 0)));
  }

  /**
   * Everything within `depth` steps of the start; start assets are included only if another start asset reaches them.
   */
  #reach(start: Marks, direction: Direction, depth: TraversalDepth): Marks {
    const reached = new Uint8Array(start.length);
    if (depth === 0) return reached;
    const edges = this.#graph.edges(direction);
    let frontier = placesOf(start);
    for (let step = 0; frontier.length > 0 && (depth === "all" || step < depth); step++) {
      const further: number[] = [];
      for (const place of frontier) {
        for (const next of edges[place] ?? []) {
          if (reached[next] === 1) continue;
          reached[next] = 1;
          further.push(next);
        }
      }
      frontier = further;
    }
    return reached;
  }
}

/** The marked positions. */
function placesOf(marks: Marks): readonly number[] {
  const places: number[] = [];
  marks.forEach((mark, place) => {
    if (mark === 1) places.push(place);
  });
  return places;
}
