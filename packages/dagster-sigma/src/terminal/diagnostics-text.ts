import { type Diagnostic, groupBy, printable } from "@dagster-sigma/foundation";
import type { TextOptions } from "./graph-text.ts";
import { joinToFit } from "./text-width.ts";

/** Summarizes diagnostics in a few lines: the count for each code, and the objects. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  { width, colors }: TextOptions,
): string {
  const rows = [...groupBy(diagnostics, ({ code }) => code)].map(([code, found]) => {
    const paint = found[0]?.severity === "error" ? colors.red : colors.yellow;
    const label = `${found.length} × ${code}`;
    const objects = [...new Set(found.map(({ object }) => printable(object?.name ?? "the organization")))];
    return `    ${paint(label)} ${joinToFit(objects, ", ", width - label.length - 6)}\n`;
  });
  return rows.join("");
}
