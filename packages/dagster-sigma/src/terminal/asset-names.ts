import { type AssetKind, type AssetNode, resolvePresentation, tableKind } from "@dagster-sigma/asset-graph";
import { printable } from "@dagster-sigma/foundation";

/** Assets that others only depend on, and of which it is not known that they are tables. */
const upstreamKind: AssetKind = {
  id: "upstream",
  name: "Upstream asset",
  plural: "Upstream assets",
  rank: 0,
};

export function kindOf(node: AssetNode): AssetKind {
  const { kind, table } = resolvePresentation(node);
  return node.isStub && kind.id === tableKind.id && table === null ? upstreamKind : kind;
}

/** The name under which people know an asset: its display name, the full name of a table, or else its key. */
export function assetName(node: AssetNode): string {
  return printable(resolvePresentation(node).fullName);
}

/** Whether assets of a kind are what others read: tables, and what is not defined here. */
export function isUpstream({ id }: AssetKind): boolean {
  return id === tableKind.id || id === upstreamKind.id;
}

/** A name for lists, followed by the kind, or by the key, if several assets have the same name. */
export type NameInList = (node: AssetNode) => string;

export function namesInList(nodes: Iterable<AssetNode>): NameInList {
  const counts = new Map<string, number>();
  const count = (text: string): void => void counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const node of nodes) {
    count(assetName(node));
    count(withKind(node));
  }
  const isUnique = (text: string): boolean => (counts.get(text) ?? 0) <= 1;
  return (node) => {
    const name = assetName(node);
    if (isUnique(name)) return name;
    // Two organizations have workbooks of one name: their keys differ.
    return isUnique(withKind(node)) ? withKind(node) : `${name} (${printable(node.spec.key.toUserString())})`;
  };
}

function withKind(node: AssetNode): string {
  return `${assetName(node)} (${kindName(node)})`;
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
