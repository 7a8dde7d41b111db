import { resolvePresentation } from "@dagster-sigma/asset-graph";
import { csvText } from "@dagster-sigma/asset-graph/impact";
import type { ExportedGraph } from "./graph-edges.ts";

/** The dependencies as CSV: one row for each pair of assets. */
export function formatEdgesCsv({ edges }: ExportedGraph): string {
  const rows = edges.map(([upstream, downstream]) => [
    upstream.key,
    upstream.kind,
    downstream.key,
    downstream.kind,
  ]);
  return csvText([["Upstream", "Upstream kind", "Downstream", "Downstream kind"], ...rows]);
}

/** The assets as CSV: one row each. */
export function formatNodesCsv({ nodes }: ExportedGraph): string {
  const rows = nodes.map(({ node, key, name, kind }) => {
    const { folder, url, table } = resolvePresentation(node);
    return [key, name, kind, folder.join("/"), node.spec.owners.join(", "), table ?? "", url ?? ""];
  });
  return csvText([["Key", "Name", "Kind", "Folder", "Owners", "Table", "URL"], ...rows]);
}
