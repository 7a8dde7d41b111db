import { csvText } from "../impact/csv-text.ts";
import { markdownCell } from "../impact/markdown-cell.ts";
import { breakText, changeLines } from "./change-lines.ts";
import type { AssetsDiff, DiffedAsset, DiffedBreak } from "./describe-diff.ts";

/** One changed asset in an export. */
interface Row extends DiffedAsset {
  readonly what: "added" | "removed" | "changed";
  readonly lines: readonly string[];
  readonly breaks: readonly DiffedBreak[];
}

function rowsOf({ added, removed, changed }: AssetsDiff): readonly Row[] {
  return [
    ...removed.map((asset): Row => ({ ...asset, what: "removed", lines: [] })),
    ...changed.map((change): Row => ({ ...change, what: "changed", lines: changeLines(change) })),
    ...added.map((asset): Row => ({ ...asset, what: "added", lines: [], breaks: [] })),
  ];
}

/** Exports a difference as CSV: one row per asset. */
export function diffCsv(diff: AssetsDiff): string {
  return csvText([
    ["Change", "Name", "Key", "What changed", "Breaks", "Owners of what breaks"],
    ...rowsOf(diff).map(({ what, name, key, lines, breaks }) => [
      what,
      name,
      key,
      lines.join("; "),
      breaks.map(breakText).join("; "),
      ownersOf(breaks).join(", "),
    ]),
  ]);
}

/** Exports a difference as Markdown, for an issue or a message. */
export function diffMarkdown(diff: AssetsDiff, title: string): string {
  const { added, removed, changed } = diff;
  return [
    `## ${markdownCell(title)}`,
    "",
    `${added.length} added, ${removed.length} removed, ${changed.length} changed.`,
    "",
    ...rowsOf(diff).flatMap(({ what, name, lines, breaks }) => [
      `- **${markdownCell(name)}** ${what}${lines.length === 0 ? "" : `: ${markdownCell(lines.join("; "))}`}`,
      ...breaks.map((broken) => {
        const owners =
          broken.owners.length === 0 ? "" : `, owned by ${markdownCell(broken.owners.join(", "))}`;
        return `  - breaks ${markdownCell(breakText(broken))}${owners}`;
      }),
    ]),
    "",
  ].join("\n");
}

function ownersOf(breaks: readonly DiffedBreak[]): readonly string[] {
  return [...new Set(breaks.flatMap(({ owners }) => owners))].sort();
}
