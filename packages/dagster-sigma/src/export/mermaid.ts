import { printable } from "@dagster-sigma/foundation";
import type { ExportedGraph, ExportedNode } from "./graph-edges.ts";

/** The graph as a Mermaid flowchart, from left to right; each kind has a shape of its own. */
export function formatMermaid({ nodes, edges }: ExportedGraph): string {
  const ids = new Map(nodes.map(({ key }, at) => [key, `n${at}`]));
  const idOf = ({ key }: ExportedNode): string => ids.get(key) ?? "";
  return [
    "flowchart LR",
    ...nodes.map((node) => `  ${idOf(node)}${shapeOf(node)}`),
    ...edges.map(([upstream, downstream]) => `  ${idOf(upstream)} --> ${idOf(downstream)}`),
    "",
  ].join("\n");
}

function shapeOf({ name, kind }: ExportedNode): string {
  const text = `"${escaped(name)}"`;
  if (kind === "workbook") return `(${text})`;
  if (kind === "dataModel") return `{{${text}}}`;
  return kind === "table" ? `[(${text})]` : `[${text}]`;
}

/** Mermaid reads entities in quoted text, with their codes after `#`. */
function escaped(name: string): string {
  return printable(name).replace(/[^\p{L}\p{N} .,_/()-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
