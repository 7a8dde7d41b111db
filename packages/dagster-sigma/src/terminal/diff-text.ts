import { printable } from "@dagster-sigma/foundation";
import type { AssetChange, AssetsDiff, DiffedAsset } from "@dagster-sigma/sigma-assets";
import type { TextOptions } from "./graph-text.ts";

/** Describes a difference as text, one line per change. */
export function formatDiff({ added, removed, changed }: AssetsDiff, { colors }: TextOptions): string {
  if (added.length + removed.length + changed.length === 0) return "No differences.\n";
  return [
    ...added.map((asset) => `${colors.green("+")} ${label(asset)}\n`),
    ...removed.map((asset) => `${colors.red("-")} ${label(asset)}\n`),
    ...changed.map((change) => {
      const lines = linesOf(change).map((line) => `    ${line}\n`);
      return `${colors.yellow("~")} ${label(change)}\n${lines.join("")}`;
    }),
    `${added.length} added, ${removed.length} removed, ${changed.length} changed\n`,
  ].join("");
}

function linesOf(change: AssetChange): readonly string[] {
  const { before, versions } = change;
  const list = (what: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [`${what} ${names.map(printable).join(", ")}`];
  return [
    ...(before === null ? [] : [`was ${label(before)}`]),
    ...(versions === null ? [] : [`version ${versions[0] ?? "unknown"} → ${versions[1] ?? "unknown"}`]),
    ...list("now reads", change.addedDeps),
    ...list("no longer reads", change.removedDeps),
    ...list("new columns", change.addedColumns),
    ...list("removed columns", change.removedColumns),
    ...list("computed differently", change.rewiredColumns),
  ];
}

function label({ key, name }: DiffedAsset): string {
  return key === name ? printable(key) : `${printable(name)} (${printable(key)})`;
}
