import { breakText, changeLines } from "@dagster-sigma/asset-graph/difference";
import { printable } from "@dagster-sigma/foundation";
import type { AssetsDiff, DiffedAsset, DiffedBreak } from "@dagster-sigma/sigma-assets";
import type { TextOptions } from "./graph-text.ts";

/** Describes a difference as text, one line per change. */
export function formatDiff({ added, removed, changed }: AssetsDiff, { colors }: TextOptions): string {
  if (added.length + removed.length + changed.length === 0) return "No differences.\n";
  const breaksOf = (breaks: readonly DiffedBreak[]): string =>
    breaks
      .map((broken) => `    ${colors.red("breaks")} ${printable(breakText(broken))}${ownersOf(broken)}\n`)
      .join("");
  return [
    ...added.map((asset) => `${colors.green("+")} ${label(asset)}\n`),
    ...removed.map((asset) => `${colors.red("-")} ${label(asset)}\n${breaksOf(asset.breaks)}`),
    ...changed.map((change) => {
      const lines = changeLines(change).map((line) => `    ${printable(line)}\n`);
      return `${colors.yellow("~")} ${label(change)}\n${lines.join("")}${breaksOf(change.breaks)}`;
    }),
    `${added.length} added, ${removed.length} removed, ${changed.length} changed\n`,
  ].join("");
}

function ownersOf({ owners }: DiffedBreak): string {
  return owners.length === 0 ? "" : `, owned by ${printable(owners.join(", "))}`;
}

function label({ key, name }: DiffedAsset): string {
  return key === name ? printable(key) : `${printable(name)} (${printable(key)})`;
}
