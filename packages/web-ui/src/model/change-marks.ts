import type { GraphDiff } from "@dagster-sigma/asset-graph/difference";

/** How an asset differs from the graph of the past; the last one that applies. */
export type ChangeMark = "changed" | "added" | "broken";

/** The sign of a mark, which does not rely on its color. */
export const markSigns: Readonly<Record<ChangeMark, string>> = { added: "+", changed: "≠", broken: "×" };

/** A mark in words. */
export const markWords: Readonly<Record<ChangeMark, string>> = {
  added: "new",
  changed: "changed",
  broken: "uses something that was removed",
};

/** Marks by asset of the present graph; assets without a difference have none. */
export function changeMarks({ added, removed, changed }: GraphDiff): ReadonlyMap<number, ChangeMark> {
  const marks = new Map<number, ChangeMark>();
  for (const { now } of changed) marks.set(now, "changed");
  for (const asset of added) marks.set(asset, "added");
  for (const { breaks } of [...removed, ...changed]) for (const { now } of breaks) marks.set(now, "broken");
  return marks;
}
