import type { Severity } from "@dagster-sigma/foundation";
import { columnLineageLabel, columnSchemaLabel, tableNameLabel } from "../metadata/metadata-labels.ts";
import type { SelectableGraph, SelectableNode } from "../selection/index.ts";
import type { AssetGraph, AssetNode } from "./asset-graph.ts";
import { resolvePresentation } from "./resolve-presentation.ts";

/**
 * Adapts an asset graph for selections; ids are those of its nodes, `AssetKey.toString()`.
 *
 * @param problems severity of the worst problem of an asset, by id; default: no asset has a problem
 */
export function selectableGraph(
  graph: AssetGraph,
  problems: ReadonlyMap<string, Severity> = new Map(),
): SelectableGraph {
  const named = columnsNamedByLineage(graph);
  return {
    nodes: new Map(
      Array.from(graph.nodes, ([id, node]) => [
        id,
        { ...selectableNode(id, node, named.get(id)), problem: problems.get(id) ?? null },
      ]),
    ),
  };
}

function selectableNode(id: string, node: AssetNode, named: Iterable<string> = []): SelectableNode {
  const { spec } = node;
  const { folder, updatedAt } = resolvePresentation(node);
  const schema = spec.metadata[columnSchemaLabel];
  const tableName = spec.metadata[tableNameLabel];
  return {
    id,
    key: spec.key.path,
    group: spec.groupName,
    owners: spec.owners,
    kinds: spec.kinds,
    tags: spec.tags,
    columns: schema?.type === "table_schema" ? schema.value.columns.map(({ name }) => name) : [...named],
    tableName: tableName?.type === "text" ? tableName.value : null,
    folder,
    changedAt: updatedAt,
    upstream: node.upstream.map(String),
    downstream: node.downstream.map(String),
  };
}

/** For assets without a schema, mainly tables, only columns that others are computed from are known. */
function columnsNamedByLineage(graph: AssetGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const { spec } of graph.nodes.values()) {
    const lineage = spec.metadata[columnLineageLabel];
    if (lineage?.type !== "table_column_lineage") continue;
    for (const dep of Object.values(lineage.value.depsByColumn).flat()) {
      const id = dep.assetKey.toString();
      const columns = named.get(id);
      if (columns === undefined) named.set(id, new Set([dep.columnName]));
      else columns.add(dep.columnName);
    }
  }
  return named;
}
