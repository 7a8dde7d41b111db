/**
 * Finds a cycle in a directed graph: the nodes along it, the last leading back to the first; null if there is none.
 * Iterative, so that long chains do not overflow the stack. Deterministic for equal graphs in equal order.
 */
export function findCycle<Node>(
  nodes: Iterable<Node>,
  next: (node: Node) => Iterable<Node>,
): readonly Node[] | null {
  const done = new Set<Node>();
  for (const start of nodes) {
    if (done.has(start)) continue;
    const path = [{ node: start, rest: next(start)[Symbol.iterator]() }];
    const onPath = new Set([start]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const step = top.rest.next();
      if (step.done === true) {
        path.pop();
        onPath.delete(top.node);
        done.add(top.node);
      } else if (onPath.has(step.value)) {
        const nodesOnPath = path.map(({ node }) => node);
        return nodesOnPath.slice(nodesOnPath.indexOf(step.value));
      } else if (!done.has(step.value)) {
        path.push({ node: step.value, rest: next(step.value)[Symbol.iterator]() });
        onPath.add(step.value);
      }
    }
  }
  return null;
}
