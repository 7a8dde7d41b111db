import { kindTagPrefix } from "../asset-spec-rules.ts";
import { wildcardMatcher } from "./match-wildcard.ts";
import type { SelectableGraph, SelectableNode } from "./selectable-graph.ts";
import type { SelectionExpression, TraversalDepth, ValueAttribute } from "./selection-expression.ts";

type Selected = ReadonlySet<string>;
type Test = (node: SelectableNode) => boolean;

const nothing: Selected = new Set();

/**
 * The ids of the assets that a selection selects, in the order of the graph. Upstream traversal, `*` and `not` take
 * external assets along, which Dagster's own leave out.
 */
export function evaluateSelection(expression: SelectionExpression, graph: SelectableGraph): Selected {
  const selected = evaluate(expression, graph);
  return new Set([...graph.nodes.keys()].filter((id) => selected.has(id)));
}

function evaluate(expression: SelectionExpression, graph: SelectableGraph): Selected {
  switch (expression.type) {
    case "all":
      return new Set(graph.nodes.keys());
    case "attribute":
      return select(graph, attributeTest(expression.attribute, expression.value));
    case "tag":
      return select(graph, tagTest(expression.key, expression.value));
    case "asset":
      return select(graph, keyTest(expression.path.split("/")));
    case "and":
      return evaluateAll(expression.operands, graph).reduce((left, right) =>
        keep(left, (id) => right.has(id)),
      );
    case "or":
      return new Set(evaluateAll(expression.operands, graph).flatMap((operand) => [...operand]));
    case "not": {
      const excluded = evaluate(expression.operand, graph);
      return keep(new Set(graph.nodes.keys()), (id) => !excluded.has(id));
    }
    case "traversal": {
      const start = evaluate(expression.operand, graph);
      const above = expression.up === null ? nothing : reach(graph, start, "upstream", expression.up);
      const below = expression.down === null ? nothing : reach(graph, start, "downstream", expression.down);
      return new Set([...start, ...above, ...below]);
    }
    case "sinks":
    case "roots": {
      const within = evaluate(expression.operand, graph);
      // Whatever is reached from another of the selected, by way of whichever assets, is not at the end of them.
      const reached = reach(graph, within, expression.type === "sinks" ? "upstream" : "downstream", "all");
      return keep(within, (id) => !reached.has(id));
    }
  }
}

function evaluateAll(operands: readonly SelectionExpression[], graph: SelectableGraph): readonly Selected[] {
  return operands.map((operand) => evaluate(operand, graph));
}

function keep(ids: Selected, test: (id: string) => boolean): Selected {
  return new Set([...ids].filter(test));
}

function select(graph: SelectableGraph, test: Test): Selected {
  const selected = new Set<string>();
  for (const [id, node] of graph.nodes) if (test(node)) selected.add(id);
  return selected;
}

function keyTest(segments: readonly string[]): Test {
  return ({ key }) => key.length === segments.length && key.every((part, index) => part === segments[index]);
}

function attributeTest(attribute: ValueAttribute, value: string | null): Test {
  if (value === null) return nullTest(attribute);
  const matches = wildcardMatcher(value);
  switch (attribute) {
    case "key":
      return (node) => matches(node.key.join("/"));
    case "group":
      // An empty group is none, and every asset has one.
      return (node) => value !== "" && matches(node.group ?? "default");
    case "owner":
      return (node) => node.owners.includes(value);
    case "kind":
      return (node) => node.kinds.includes(value);
    case "column":
      return (node) => node.columns.some(matches);
    case "table_name":
      return (node) => node.tableName !== null && matches(node.tableName);
    case "is":
      return (node) => (node.isMaterializable === true) === (value === "materializable");
  }
}

/** Of `<null>`: what has none of it. Every asset has a key and a group. */
function nullTest(attribute: ValueAttribute): Test {
  switch (attribute) {
    case "owner":
      return (node) => node.owners.length === 0;
    case "kind":
      return (node) => node.kinds.length === 0;
    case "column":
      return (node) => node.columns.length === 0;
    case "table_name":
      return (node) => node.tableName === null;
    default:
      return () => false;
  }
}

/** A kind is a tag of an empty value, too, as on Dagster's wire. */
function tagTest(key: string | null, value: string): Test {
  if (key === null) return (node) => value === "" && Object.keys(node.tags).length === 0;
  const kind = key.startsWith(kindTagPrefix) && value === "" ? key.slice(kindTagPrefix.length) : null;
  return (node) =>
    (Object.hasOwn(node.tags, key) && node.tags[key] === value) ||
    (kind !== null && node.kinds.includes(kind));
}

/** What lies up to so many steps from the start; of the start itself only what another of it reaches. */
function reach(
  graph: SelectableGraph,
  start: Selected,
  direction: "upstream" | "downstream",
  depth: TraversalDepth,
): Selected {
  const reached = new Set<string>();
  let frontier: Iterable<string> = start;
  let size = start.size;
  for (let step = 0; size > 0 && (depth === "all" || step < depth); step++) {
    const further: string[] = [];
    for (const id of frontier) {
      for (const next of graph.nodes.get(id)?.[direction] ?? []) {
        if (reached.has(next) || !graph.nodes.has(next)) continue;
        reached.add(next);
        further.push(next);
      }
    }
    frontier = further;
    size = further.length;
  }
  return reached;
}
