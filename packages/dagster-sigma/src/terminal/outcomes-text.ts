import type { OutcomeCounts } from "@dagster-sigma/asset-graph";
import type { TextOptions } from "./graph-text.ts";

const sorts: Readonly<Record<string, string>> = {
  workbook: "workbooks",
  dataModel: "data models",
  dataset: "datasets",
  element: "elements",
  query: "custom SQL",
  column: "columns",
};

const headings: Readonly<Record<string, string>> = {
  complete: "complete",
  inferred: "inferred",
  incomplete: "incomplete",
  withoutSources: "no source",
  stale: "stale",
  unavailable: "unavailable",
  notAsked: "not asked",
};

/** A table of outcomes: one row per type, one column per outcome that occurred. */
export function formatOutcomes(outcomes: readonly OutcomeCounts[], { colors }: TextOptions): string {
  const rows = addUp(outcomes).filter(({ counts }) => total(counts) > 0);
  if (rows.length === 0) return "";
  const shown = Object.keys(headings).filter((outcome) =>
    rows.some(({ counts }) => (counts[outcome] ?? 0) > 0),
  );
  const cells = [
    ["", ...shown.map((outcome) => headings[outcome] ?? outcome), "all"],
    ...rows.map(({ what, counts }) => [
      sorts[what] ?? what,
      ...shown.map((outcome) => String(counts[outcome] ?? 0)),
      String(total(counts)),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  return lines.map((line, index) => `${index === 0 ? colors.dim(line) : line}\n`).join("");
}

/** Sums the outcomes of several loads. */
function addUp(outcomes: readonly OutcomeCounts[]): readonly OutcomeCounts[] {
  const sums = new Map<string, Record<string, number>>();
  for (const { what, counts } of outcomes) {
    const sum = sums.get(what) ?? {};
    sums.set(what, sum);
    for (const [outcome, count] of Object.entries(counts)) sum[outcome] = (sum[outcome] ?? 0) + count;
  }
  return [...sums].map(([what, counts]) => ({ what, counts }));
}

function total(counts: OutcomeCounts["counts"]): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
