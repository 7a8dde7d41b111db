import type { LineageNode } from "@dagster-sigma/sigma-client";
import { objectId } from "../../state/object-id.ts";
import type { ElementLineageState } from "../../state/organization-state.ts";
import { referencedById } from "./lineage-rows.ts";
import { distinctReferences, type SourceReference, semanticViewReference } from "./source-reference.ts";

/** Kinds of nodes that are steps within the document. */
const passThroughNodes: ReadonlySet<string> = new Set(["sheet", "join", "union"]);

/**
 * The sources in the lineage of one element. The response also contains branches of other elements, so the edges are
 * followed backwards from the element. A source often appears only in an edge, without a node.
 */
export function readElementLineage({ elementId, lineage }: ElementLineageState): readonly SourceReference[] {
  const nodes = new Map<string, LineageNode>(
    Object.entries(lineage.dependencies ?? {}).map(([key, node]) => [node.nodeId ?? key, node]),
  );
  const edges = lineage.edges ?? [];
  const reached = edges.length === 0 ? nodes.keys() : reachedFrom(elementId, nodes, edges);
  return distinctReferences([...reached].flatMap((id) => referencesOf(id, nodes.get(id))));
}

/** Ids of the nodes that an element reads, directly or through other nodes. */
function reachedFrom(
  elementId: string,
  nodes: ReadonlyMap<string, LineageNode>,
  edges: readonly { readonly source: string; readonly target: string }[],
): Iterable<string> {
  const sourcesOf = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const sources = sourcesOf.get(target);
    if (sources === undefined) sourcesOf.set(target, [source]);
    else sources.push(source);
  }
  const starts = [...nodes].filter(([, node]) => node.elementId === elementId).map(([id]) => id);
  // Without a node for the element, it is unknown which branch is its own.
  if (starts.length === 0) return new Set([...nodes.keys(), ...edges.map(({ source }) => source)]);
  const waiting = starts;
  const reached = new Set<string>();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(sourcesOf.get(id) ?? []));
  }
  return reached;
}

function referencesOf(id: string, node: LineageNode | undefined): readonly SourceReference[] {
  const described = referencedById(id);
  if (node === undefined) return [described ?? { type: "unresolved", id }];
  const type = node.type ?? "";
  const name = node.name ?? null;
  if (passThroughNodes.has(type)) return [];
  if (node.semanticViewTable != null) return [semanticViewReference(node.semanticViewTable, null)];
  if (type === "table" || type === "dataset") return [{ type, id: objectId(id), name, connectionId: null }];
  if (type === "data-model") return [described ?? { type: "unresolved", id }];
  if (type.toLowerCase() === "customsql")
    return [{ type: "customSql", id, definition: null, connectionId: null }];
  return [{ type: "other", id, kind: type, name }];
}
