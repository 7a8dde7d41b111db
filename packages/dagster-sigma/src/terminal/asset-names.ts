import type { AssetNode, AssetSpec } from "@dagster-sigma/asset-graph";
import { printable } from "./printable.ts";

/** What an asset is, in the order in which data flows through it. */
export const assetLanes = ["table", "dataset", "data_model", "workbook", "other"] as const;

export type AssetLane = (typeof assetLanes)[number];

export function laneOf({ spec, isStub }: AssetNode): AssetLane {
  const known = assetLanes.find((lane) => spec.kinds.includes(lane));
  return known ?? (isStub ? "table" : "other");
}

/** The name that people know an asset by: its name in Sigma, the path of a table, else its key. */
export function assetName(spec: AssetSpec): string {
  return (
    textMetadata(spec, "dagster_sigma/name") ??
    textMetadata(spec, "dagster/table_name") ??
    printable(spec.key.toUserString())
  );
}

/** A name for lists: with the kind behind it where assets of several kinds bear the name. */
export type NameInList = (node: AssetNode) => string;

export function namesInList(nodes: Iterable<AssetNode>): NameInList {
  const lanesByName = new Map<string, Set<AssetLane>>();
  for (const node of nodes) {
    const name = assetName(node.spec);
    lanesByName.set(name, (lanesByName.get(name) ?? new Set()).add(laneOf(node)));
  }
  return (node) => {
    const name = assetName(node.spec);
    const isUnclear = (lanesByName.get(name)?.size ?? 0) > 1;
    return isUnclear ? `${name} (${laneOf(node).replace("_", " ")})` : name;
  };
}

/** Where an asset is found: its folder in Sigma, the schema of a table; empty when it is nowhere in particular. */
export function folderOf({ spec }: AssetNode): string {
  const table = textMetadata(spec, "dagster/table_name");
  return (
    textMetadata(spec, "dagster_sigma/path") ?? table?.slice(0, Math.max(0, table.lastIndexOf("."))) ?? ""
  );
}

/** The part of the name that the folder does not say. */
export function nameInFolder(node: AssetNode): string {
  const name = assetName(node.spec);
  const folder = folderOf(node);
  return folder !== "" && name.startsWith(`${folder}.`) ? name.slice(folder.length + 1) : name;
}

/** As it may be printed. */
export function textMetadata(spec: AssetSpec, label: string): string | null {
  const value = spec.metadata[label];
  return value?.type === "text" || value?.type === "url" ? printable(value.value) : null;
}
