import { formatCount } from "../model/format-count.ts";
import type { Lane } from "../model/overview-part.ts";
import type { PageAsset } from "../model/page-graph.ts";
import type { Box } from "./overview.ts";

export interface BoxName {
  readonly name: string;
  /** Shown before the name; empty if the name is enough. */
  readonly parents: string;
}

/**
 * Names that differ within the lane. A schema always has its database before it; folders have their parents where boxes lie
 * at several depths, and as many as it takes where names are equal.
 */
export function nameBoxes(
  boxes: readonly Box[],
  assets: readonly PageAsset[],
  lane: Lane,
): readonly BoxName[] {
  const separator = lane === 0 ? "." : " / ";
  const groups = boxes.filter(({ type }) => type === "group" || type === "topLevel");
  const depths = new Set(groups.map(({ path }) => path.length));
  const least = Math.min(...depths);
  const names = boxes.map((box) => lastName(box, assets));
  return boxes.map((box, at) => {
    const name = names[at] ?? "";
    if (box.type !== "group" && box.type !== "topLevel") return { name, parents: "" };
    const equal = boxes.filter((other, index) => other !== box && names[index] === name);
    let count =
      lane === 0 ? Math.min(1, box.path.length - 1) : depths.size > 1 && box.path.length > least ? 1 : 0;
    const parentsOf = ({ path }: Box): string =>
      path.slice(Math.max(0, path.length - 1 - count), -1).join(separator);
    while (count < box.path.length - 1 && equal.some((other) => parentsOf(other) === parentsOf(box))) count++;
    const parents = parentsOf(box);
    return { name, parents: parents === "" ? "" : `${parents}${separator}` };
  });
}

function lastName({ type, path, assets: [first = 0], count }: Box, assets: readonly PageAsset[]): string {
  const place = path.at(-1);
  switch (type) {
    case "asset":
      return assets[first]?.name ?? "";
    case "group":
      return place ?? "";
    case "topLevel":
      return place === undefined ? "No folder" : place;
    case "moreGroups":
    case "moreAssets":
      return `… and ${formatCount(count)} more`;
    case "elsewhere":
      return "In other folders";
  }
}
