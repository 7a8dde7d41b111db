import { markdownCell } from "@dagster-sigma/asset-graph/impact";
import type { Finding } from "./finding.ts";

/** Findings as a heading with their number, and a table. */
export function findingsMarkdown(heading: string, findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ level, title, message }) => `| ${level} | ${markdownCell(title)} | ${markdownCell(message)} |`,
  );
  const table =
    rows.length === 0 ? ["No problems found."] : ["| | What | Message |", "| --- | --- | --- |", ...rows];
  return [`## ${markdownCell(heading)}`, "", ...table, ""].join("\n");
}
