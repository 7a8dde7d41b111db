import type { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import { type AssetKind, otherKind, tableKind } from "@dagster-sigma/asset-graph/presentation";
import { groupBy } from "@dagster-sigma/foundation";
import type { Grouping } from "../model/grouping.ts";
import type { PageAsset } from "../model/page-graph.ts";
import { topologicalOrder } from "../model/topological-order.ts";

/** Maximum size of a group; a larger one is split by its subfolders, if there are any. */
function largestGroup(count: number): number {
  return Math.max(30, Math.ceil(count / 40));
}

/** The group name of each asset, by index, for display. */
export function groupAssets(
  assets: readonly PageAsset[],
  kindOf: (asset: number) => AssetKind,
  grouping: Grouping,
  index: GraphIndex,
): readonly string[] {
  switch (grouping) {
    case "folder":
      return byFolder(assets);
    case "owner":
      return assets.map(({ owners, isStub }) => owners[0] ?? (isStub ? "Warehouse" : "Without owner"));
    case "schema":
      return bySchema(assets, index);
    case "kind":
      return assets.map(({ kinds }, at) => kinds.join(" · ") || nameOf(kindOf(at)));
    case "group":
      return assets.map(({ group }) => group ?? "Without group");
  }
}

/** For an asset without Dagster kinds. */
function nameOf({ id, name }: AssetKind): string {
  return id === otherKind.id ? "Without kind" : name;
}

/** Folders of a kind are split into subfolders as long as there are at most this many groups. */
const mostGroupsOfKind = 14;

/** Uses as many path segments as needed to keep groups small, but not too many of them. */
function byFolder(assets: readonly PageAsset[]): readonly string[] {
  const depths = new Array<number>(assets.length).fill(0);
  const all = assets.map((_asset, at) => at);
  for (const ofKind of groupBy(all, (asset) => assets[asset]?.kind).values()) {
    const folders = ofKind.map((asset) => assets[asset]?.folder ?? []);
    const depth = startingDepth(folders);
    for (const asset of ofKind) depths[asset] = Math.min(depth, assets[asset]?.folder.length ?? 0);
  }
  const most = largestGroup(assets.length);
  const nameAt = (asset: number): string =>
    `${assets[asset]?.kind}\n${assets[asset]?.folder.slice(0, depths[asset]).join("\n")}`;
  let open: readonly number[] = all;
  while (open.length > 0) {
    const groups = groupBy(open, nameAt);
    open = [...groups.values()].filter((group) => group.length > most).flat();
    open = open.filter((asset) => {
      const depth = depths[asset] ?? 0;
      if (depth >= (assets[asset]?.folder.length ?? 0)) return false;
      depths[asset] = depth + 1;
      return true;
    });
  }
  return assets.map(({ folder }, at) => folder.slice(0, depths[at]).join(" / ") || "Top level");
}

function startingDepth(folders: readonly (readonly string[])[]): number {
  const deepest = Math.max(1, ...folders.map((folder) => folder.length));
  for (let depth = deepest; depth > 1; depth--) {
    const names = new Set(folders.map((folder) => folder.slice(0, depth).join("\n")));
    if (names.size <= mostGroupsOfKind) return depth;
  }
  return 1;
}

/**
 * Groups tables by database and schema; other assets by the schema of the tables that they ultimately depend on, if
 * there is only one.
 */
function bySchema(assets: readonly PageAsset[], index: GraphIndex): readonly string[] {
  const schemas = new Array<ReadonlySet<string> | undefined>(assets.length);
  for (const asset of topologicalOrder(index)) {
    const found = new Set<string>();
    const own = assets[asset];
    if (own?.kind === tableKind.id) found.add(own.folder.join("."));
    // Two schemas are enough to know that there are several.
    for (const upstream of index.upstream(asset))
      for (const schema of schemas[upstream] ?? []) if (found.size < 2) found.add(schema);
    schemas[asset] = found;
  }
  return assets.map((_asset, at) => {
    const [schema, other] = schemas[at] ?? [];
    if (schema === undefined) return "Reads no table";
    return other === undefined ? schema || "Top level" : "Several schemas";
  });
}
