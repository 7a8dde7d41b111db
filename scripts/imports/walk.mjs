import { visitorKeys } from "oxc-parser";

/**
 * Calls `visit` for each node of a syntax tree, parents first. Skips the children when it returns `false`.
 *
 * @param {import("oxc-parser").Node} node
 * @param {(node: any, parent: any, key: string) => unknown} visit
 */
export function walk(node, visit, parent = null, key = "") {
  if (visit(node, parent, key) === false) return;
  for (const childKey of visitorKeys[node.type] ?? []) {
    const children = [node[childKey]].flat();
    for (const child of children) if (child) walk(child, visit, node, childKey);
  }
}
