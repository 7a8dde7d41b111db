/**
 * The groups of two or more nodes that reach each other; nodes and groups are sorted.
 *
 * @param {Map<string, Set<string>>} graph
 * @returns {string[][]}
 */
export function findCircles(graph) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const circles = [];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) circles.push(group.sort());
  };
  for (const node of [...graph.keys()].sort()) if (!order.has(node)) visit(node);
  return circles.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** The shortest path from a node of a cycle back to itself, both ends included. */
export function shortestCircle(graph, circle, start = circle[0]) {
  const before = new Map();
  const waiting = [start];
  for (const node of waiting) {
    for (const next of [...(graph.get(node) ?? [])].sort()) {
      if (next === start) {
        const way = [start];
        for (let at = node; at !== start; at = before.get(at)) way.unshift(at);
        return [start, ...way];
      }
      if (!circle.includes(next) || before.has(next)) continue;
      before.set(next, node);
      waiting.push(next);
    }
  }
  return circle;
}
