import { AssetKey } from "../keys/asset-key.ts";
import type { ComparedGraph } from "./compared-graph.ts";
import type { ChangedAsset, GraphDiff } from "./diff-graphs.ts";
import type { BrokenAsset } from "./find-broken.ts";

/** An asset as it is named in a difference. */
export interface DiffedAsset {
  readonly key: string;
  readonly name: string;
}

/** An asset that still exists, and used something that was removed. */
export interface DiffedBreak extends DiffedAsset {
  /** Its columns that were computed from what was removed; empty if it is unknown which. */
  readonly columns: readonly string[];
  /** The elements that contain these columns. */
  readonly elements: readonly string[];
  readonly owners: readonly string[];
}

/** An asset that no longer exists. */
export interface RemovedAsset extends DiffedAsset {
  /** Assets that read it and still exist. */
  readonly breaks: readonly DiffedBreak[];
}

/** The changes of an asset that exists in both loads. Empty lists and nulls mean no change. */
export interface AssetChange extends DiffedAsset {
  /** Previous key and name, if they changed. */
  readonly before: DiffedAsset | null;
  /** Folders before and now, if they differ. */
  readonly folders: readonly [before: readonly string[], now: readonly string[]] | null;
  readonly addedDeps: readonly string[];
  readonly removedDeps: readonly string[];
  readonly addedColumns: readonly string[];
  readonly removedColumns: readonly string[];
  /** Columns that are now computed from other columns. */
  readonly rewiredColumns: readonly string[];
  readonly addedOwners: readonly string[];
  readonly removedOwners: readonly string[];
  /** Versions before and after, if they differ. */
  readonly versions: readonly [before: number | null, now: number | null] | null;
  /** Assets that used the removed columns and still exist. */
  readonly breaks: readonly DiffedBreak[];
}

/** The difference between two loads of assets; each list is sorted by key. */
export interface AssetsDiff {
  readonly added: readonly DiffedAsset[];
  readonly removed: readonly RemovedAsset[];
  readonly changed: readonly AssetChange[];
}

/** A difference with names instead of numbers; the lists have the same order. */
export function describeDiff(was: ComparedGraph, is: ComparedGraph, diff: GraphDiff): AssetsDiff {
  return {
    added: diff.added.map((asset) => nameOf(is, asset)),
    removed: diff.removed.map(({ before, breaks }) => ({
      ...nameOf(was, before),
      breaks: namesOf(is, breaks),
    })),
    changed: diff.changed.map((change) => describe(was, is, change)),
  };
}

function describe(was: ComparedGraph, is: ComparedGraph, change: ChangedAsset): AssetChange {
  const keysOf = (graph: ComparedGraph, assets: readonly number[]): readonly string[] =>
    assets.map((asset) => nameOf(graph, asset).key);
  return {
    ...nameOf(is, change.now),
    before: change.isRenamed ? nameOf(was, change.before) : null,
    folders: change.isMoved
      ? [was.graph.asset(change.before).folder, is.graph.asset(change.now).folder]
      : null,
    addedDeps: keysOf(is, change.addedDeps),
    removedDeps: keysOf(was, change.removedDeps),
    addedColumns: change.addedColumns,
    removedColumns: change.removedColumns,
    rewiredColumns: change.rewiredColumns,
    addedOwners: change.addedOwners,
    removedOwners: change.removedOwners,
    versions: change.versions,
    breaks: namesOf(is, change.breaks),
  };
}

function nameOf({ graph }: ComparedGraph, asset: number): DiffedAsset {
  const { key, name } = graph.asset(asset);
  return { key: AssetKey.fromEscapedUserString(key).toUserString(), name };
}

function namesOf(is: ComparedGraph, breaks: readonly BrokenAsset[]): readonly DiffedBreak[] {
  return breaks.map(({ now, columns, elements }) => ({
    ...nameOf(is, now),
    columns,
    elements,
    owners: is.graph.asset(now).owners,
  }));
}
