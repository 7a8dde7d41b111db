import type { Definitions } from "@dagster-sigma/asset-graph";
import { formatDiagnostics } from "./diagnostics-text.ts";
import { formatFlow, formatGraph, type Selected, type TextOptions } from "./graph-text.ts";

/**
 * Prints the graph of definitions, its source, and the diagnostics; for a selection without the diagnostics, which do
 * not relate to it.
 */
export function formatReport(
  definitions: Definitions,
  options: TextOptions,
  selected: Selected = null,
): string {
  const { bold, dim } = options.colors;
  const graph = definitions.assetGraph;
  const reports = definitions.loadReports;
  const loads = reports.map(({ source, requests, wallMs, scope }) => {
    const eyes = scope ?? "the whole organization";
    return requests === 0
      ? `read from ${source}, ${eyes}`
      : `loaded from ${source} in ${(wallMs / 1_000).toFixed(1)} s with ${requests} requests, ${eyes}`;
  });
  const diagnostics = selected === null ? reports.flatMap((report) => report.diagnostics) : [];
  return [
    `${bold(formatFlow(graph, selected) || "No assets")}\n`,
    ...loads.map((load) => `${dim(load)}\n`),
    "\n",
    formatGraph(graph, options, selected),
    ...(diagnostics.length === 0
      ? []
      : [
          `\n${bold("Diagnostics")} ${dim("(dagster-sigma check lists each, and what to do)")}\n`,
          formatDiagnostics(diagnostics, options),
        ]),
  ].join("");
}
