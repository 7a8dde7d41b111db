import type { AssetChange, DiffedBreak } from "./describe-diff.ts";

/** What changed of an asset, as text: one line per kind of change. */
export function changeLines(change: AssetChange): readonly string[] {
  const { before, key, name, folders, versions } = change;
  const list = (what: string, names: readonly string[]): readonly string[] =>
    names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
  return [
    ...(before === null || before.name === name ? [] : [`renamed from ${before.name}`]),
    ...(before === null || before.key === key ? [] : [`key was ${before.key}`]),
    ...(folders === null ? [] : [`moved from ${placeOf(folders[0])} to ${placeOf(folders[1])}`]),
    ...list("now reads", change.addedDeps),
    ...list("no longer reads", change.removedDeps),
    ...list("new columns", change.addedColumns),
    ...list("removed columns", change.removedColumns),
    ...list("computed differently", change.rewiredColumns),
    ...list("new owners", change.addedOwners),
    ...list("removed owners", change.removedOwners),
    ...(versions === null ? [] : [`version ${versions[0] ?? "unknown"} → ${versions[1] ?? "unknown"}`]),
  ];
}

/** An asset that a change breaks, with its elements and columns, for example `Sales (Chart: Net, Tax)`. */
export function breakText({ name, columns, elements }: DiffedBreak): string {
  const alone = columns.filter((column) => !elements.some((element) => column.startsWith(`${element}/`)));
  const parts = [
    ...elements.map((element) => {
      const own = columns.filter((column) => column.startsWith(`${element}/`));
      return `${element}: ${own.map((column) => column.slice(element.length + 1)).join(", ")}`;
    }),
    ...(alone.length === 0 ? [] : [alone.join(", ")]),
  ];
  return parts.length === 0 ? name : `${name} (${parts.join("; ")})`;
}

function placeOf(folder: readonly string[]): string {
  return folder.length === 0 ? "no folder" : folder.join("/");
}
