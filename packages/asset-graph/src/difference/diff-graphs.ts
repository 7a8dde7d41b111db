import { compareText } from "@dagster-sigma/foundation";
import { distinctIdentities } from "./asset-identities.ts";
import type { ComparedGraph } from "./compared-graph.ts";
import { type BrokenAsset, findBroken } from "./find-broken.ts";
import { PairedGraphs } from "./paired-graphs.ts";

/** An asset that exists only in the graph before. */
export interface RemovedAsset {
  /** Number in the graph before. */
  readonly before: number;
  /** Assets that read it and still exist. */
  readonly breaks: readonly BrokenAsset[];
}

/** The changes of an asset that exists in both graphs. Empty lists, false and null mean no change. */
export interface ChangedAsset {
  /** Number in the graph before. */
  readonly before: number;
  /** Number in the graph now. */
  readonly now: number;
  /** Whether its key or its name differs. */
  readonly isRenamed: boolean;
  /** Whether its folder differs. */
  readonly isMoved: boolean;
  /** Numbers in the graph now. */
  readonly addedDeps: readonly number[];
  /** Numbers in the graph before. */
  readonly removedDeps: readonly number[];
  readonly addedColumns: readonly string[];
  readonly removedColumns: readonly string[];
  /** Columns that are now computed from other columns. */
  readonly rewiredColumns: readonly string[];
  readonly addedOwners: readonly string[];
  readonly removedOwners: readonly string[];
  /** Versions before and now, if they differ. */
  readonly versions: readonly [before: number | null, now: number | null] | null;
  /** Assets that used the removed columns and still exist. */
  readonly breaks: readonly BrokenAsset[];
}

/** The difference between two graphs; each list is sorted by key. */
export interface GraphDiff {
  /** Numbers in the graph now. */
  readonly added: readonly number[];
  readonly removed: readonly RemovedAsset[];
  readonly changed: readonly ChangedAsset[];
}

/**
 * Compares two graphs. Assets match if they represent the same object of their tool, whatever their keys; assets without an
 * object match by key.
 */
export function diffGraphs(before: ComparedGraph, now: ComparedGraph): GraphDiff {
  const [oldIds = [], ids = []] = distinctIdentities([identitiesOf(before), identitiesOf(now)]);
  const pair = new PairedGraphs({ graph: before, ids: oldIds }, { graph: now, ids });
  const byKey =
    ({ graph }: ComparedGraph) =>
    (a: number, b: number): number =>
      compareText(graph.asset(a).key, graph.asset(b).key);
  const defined = ({ assets }: ComparedGraph): readonly number[] =>
    assets.flatMap(({ isStub }, number) => (isStub ? [] : [number]));
  const sorted = [...defined(now)].sort(byKey(now));
  return {
    added: sorted.filter((asset) => pair.beforeOf(asset) === null),
    removed: [...defined(before)]
      .filter((asset) => pair.nowOf(asset) === null)
      .sort(byKey(before))
      .map((asset) => ({ before: asset, breaks: findBroken(pair, asset, null) })),
    changed: sorted.flatMap((asset) => {
      const was = pair.beforeOf(asset);
      return was === null ? [] : (changeOf(pair, was, asset) ?? []);
    }),
  };
}

function changeOf(pair: PairedGraphs, was: number, is: number): ChangedAsset | null {
  const { before, now } = pair;
  const [old, current] = [before.graph.asset(was), now.graph.asset(is)];
  const oldDeps = pair.depsBefore(was);
  const deps = pair.depsNow(is);
  const oldColumns = pair.columnsBefore(was);
  const columns = pair.columnsNow(is);
  const removedColumns = [...oldColumns.keys()].filter((name) => !columns.has(name));
  const versions = [before.assets[was]?.version ?? null, now.assets[is]?.version ?? null] as const;
  const change = {
    isRenamed: old.key !== current.key || old.name !== current.name,
    isMoved: old.folder.join("\n") !== current.folder.join("\n"),
    addedDeps: [...deps].filter(([id]) => !oldDeps.has(id)).map(([, dep]) => dep),
    removedDeps: [...oldDeps].filter(([id]) => !deps.has(id)).map(([, dep]) => dep),
    addedColumns: [...columns.keys()].filter((name) => !oldColumns.has(name)),
    removedColumns,
    rewiredColumns: [...columns.keys()].filter(
      (name) => oldColumns.has(name) && oldColumns.get(name) !== columns.get(name),
    ),
    addedOwners: current.owners.filter((owner) => !old.owners.includes(owner)),
    removedOwners: old.owners.filter((owner) => !current.owners.includes(owner)),
    versions: versions[0] === versions[1] ? null : versions,
  };
  const isSame = Object.values(change).every((part) =>
    Array.isArray(part) ? part.length === 0 : part === null || part === false,
  );
  if (isSame) return null;
  const breaks = removedColumns.length === 0 ? [] : findBroken(pair, was, removedColumns);
  return { before: was, now: is, ...change, breaks };
}

function identitiesOf({ assets }: ComparedGraph): readonly ComparedGraph["assets"][number]["identity"][] {
  return assets.map(({ identity }) => identity);
}
