import type { ExpectedSide, MaterializeCase } from "./materialize-case.ts";

/** The table of `docs/reference/conformance.md`, in Markdown. */
export function materializeTable(cases: readonly MaterializeCase[]): string {
  const rows = cases.map(({ name, reference, ours, verdict, reason }) => [
    name,
    ...cellsOf(reference),
    ...cellsOf(ours),
    reason === "" ? verdict : `${verdict}: ${reason}`,
  ]);
  const header = [
    "situation",
    "the reference",
    "starts",
    "requests",
    "ours",
    "starts",
    "requests",
    "ours is",
  ];
  const lines = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n").replaceAll("| --- |", "|---|").replaceAll(" --- |", "---|")}\n`;
}

function cellsOf({ outcome, starts, calls }: ExpectedSide): readonly string[] {
  return [outcome, starts.length === 0 ? "–" : starts.join(", "), calls === null ? "–" : String(calls)];
}
