import { type AssetKind, type AssetNode, resolvePresentation, tableKind } from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";

export function kindOf(node: AssetNode): AssetKind {
  return resolvePresentation(node).kind;
}

/** The name under which people know an asset: its display name, the full name of a table, or else its key. */
export function assetName(node: AssetNode): string {
  return printable(resolvePresentation(node).fullName);
}

/** A name for lists, followed by the kind if assets of several kinds have the same name. */
export type NameInList = (node: AssetNode) => string;

export function namesInList(nodes: Iterable<AssetNode>): NameInList {
  const kindsByName = new Map<string, Set<string>>();
  for (const node of nodes) {
    const name = assetName(node);
    kindsByName.set(name, (kindsByName.get(name) ?? new Set()).add(kindOf(node).id));
  }
  return (node) => {
    const name = assetName(node);
    const isUnclear = (kindsByName.get(name)?.size ?? 0) > 1;
    return isUnclear ? `${name} (${kindName(node)})` : name;
  };
}

/** For example `data model`. */
export function kindName(node: AssetNode): string {
  return printable(kindOf(node).name.toLowerCase());
}

/** The location of an asset: its folder, or the schema of a table; empty at the top level. */
export function folderOf(node: AssetNode): string {
  const { folder, kind } = resolvePresentation(node);
  return printable(folder.join(kind.id === tableKind.id ? "." : "/"));
}

/** The part of the name that the folder does not contain. */
export function nameInFolder(node: AssetNode): string {
  const { fullName, name, table } = resolvePresentation(node);
  const folder = folderOf(node);
  const full = printable(fullName);
  if (folder !== "" && full.startsWith(`${folder}.`)) return full.slice(folder.length + 1);
  return printable(folder === "" || fullName === table ? fullName : name);
}
