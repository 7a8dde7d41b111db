import { printable } from "@dagster-sigma/foundation";
import type { ExportedGraph } from "./graph-edges.ts";

const shapes: Readonly<Record<string, string>> = {
  table: "cylinder",
  dataset: "box",
  dataModel: "hexagon",
  workbook: "note",
};

/** The graph in the language of Graphviz, from left to right. The id of a node is its key. */
export function formatDot({ nodes, edges }: ExportedGraph): string {
  return [
    "digraph assets {",
    "  rankdir=LR;",
    "  node [fontname=Helvetica];",
    ...nodes.map(({ key, name, kind, node }) => {
      const url = node.spec.presentation?.url;
      const link = url == null || !/^https?:\/\//i.test(url) ? "" : `, URL=${quoted(url)}`;
      return `  ${quoted(key)} [label=${quoted(name)}, shape=${shapes[kind] ?? "ellipse"}${link}];`;
    }),
    ...edges.map(([upstream, downstream]) => `  ${quoted(upstream.key)} -> ${quoted(downstream.key)};`),
    "}",
    "",
  ].join("\n");
}

/** In quoted text only `"` ends it; a backslash would begin an escape such as `\n` or `\N`. */
function quoted(text: string): string {
  return `"${printable(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
