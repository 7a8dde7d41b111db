import { AssetKey } from "@dagster-sigma/asset-graph";
import type { AssetsDiff, DiffedAsset } from "@dagster-sigma/sigma-assets";

/** A difference as JSON, with keys as lists; described in `docs/reference/json-output.md`. */
export function diffJson({ added, removed, changed }: AssetsDiff): object {
  return {
    added: added.map(withList),
    removed: removed.map(({ breaks, ...asset }) => ({ ...withList(asset), breaks: breaks.map(withList) })),
    changed: changed.map((change) => ({
      ...change,
      ...withList(change),
      before: change.before === null ? null : withList(change.before),
      addedDeps: change.addedDeps.map(pathOf),
      removedDeps: change.removedDeps.map(pathOf),
      breaks: change.breaks.map(withList),
    })),
  };
}

function withList<Asset extends DiffedAsset>(
  asset: Asset,
): Omit<Asset, "key"> & { readonly key: readonly string[] } {
  return { ...asset, key: pathOf(asset.key) };
}

function pathOf(key: string): readonly string[] {
  return AssetKey.fromEscapedUserString(key).path;
}
