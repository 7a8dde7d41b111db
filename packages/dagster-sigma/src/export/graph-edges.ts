import { type AssetNode, type Definitions, resolvePresentation } from "@dagster-sigma/asset-graph";

/** One asset of an exported graph. */
export interface ExportedNode {
  readonly node: AssetNode;
  /** The key as text, with `\` and `/` in segments escaped. */
  readonly key: string;
  readonly name: string;
  /** Id of its kind, for example `workbook`. */
  readonly kind: string;
}

/** The part of a graph that is exported: the selected assets, and the dependencies between them. */
export interface ExportedGraph {
  readonly nodes: readonly ExportedNode[];
  readonly edges: readonly (readonly [upstream: ExportedNode, downstream: ExportedNode])[];
}

/**
 * The graph of definitions, with stubs for upstream assets; nodes are in key order, and edges in the order of their downstream assets.
 *
 * @param selected ids of the exported assets; null for all
 */
export function exportedGraph(
  { assetGraph }: Definitions,
  selected: ReadonlySet<string> | null,
): ExportedGraph {
  const nodes = new Map(
    [...assetGraph.nodes]
      .filter(([id]) => selected?.has(id) ?? true)
      .map(([id, node]) => [id, exported(node)] as const),
  );
  const edges = [...nodes.values()].flatMap((downstream) =>
    downstream.node.upstream.flatMap((key) => {
      const upstream = nodes.get(key.toString());
      return upstream === undefined ? [] : [[upstream, downstream] as const];
    }),
  );
  return { nodes: [...nodes.values()], edges };
}

function exported(node: AssetNode): ExportedNode {
  const { name, kind } = resolvePresentation(node);
  return { node, key: node.spec.key.toEscapedUserString(), name, kind: kind.id };
}
