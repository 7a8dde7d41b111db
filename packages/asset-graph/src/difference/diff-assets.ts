import { compareText } from "@dagster-sigma/foundation";
import type { AssetSpec } from "../assets/asset-spec.ts";
import { columnLineageLabel, columnSchemaLabel } from "../metadata/metadata-labels.ts";
import { AssetIdentities } from "./asset-identities.ts";

/** An asset as it is named in a difference. */
export interface DiffedAsset {
  readonly key: string;
  readonly name: string;
}

/** The changes of an asset that exists in both loads. Empty lists and nulls mean no change. */
export interface AssetChange extends DiffedAsset {
  /** Previous key and name, if they changed. */
  readonly before: DiffedAsset | null;
  readonly addedDeps: readonly string[];
  readonly removedDeps: readonly string[];
  readonly addedColumns: readonly string[];
  readonly removedColumns: readonly string[];
  /** Columns that are now computed from other columns. */
  readonly rewiredColumns: readonly string[];
  /** Versions before and after, if they differ. */
  readonly versions: readonly [before: number | null, now: number | null] | null;
}

/** The difference between two loads of assets; each list is sorted by key. */
export interface AssetsDiff {
  readonly added: readonly DiffedAsset[];
  readonly removed: readonly DiffedAsset[];
  readonly changed: readonly AssetChange[];
}

/**
 * Compares two loads of assets. Assets match if they represent the same object of their tool, whatever their keys;
 * assets without an object match by key.
 */
export function diffAssets(before: readonly AssetSpec[], now: readonly AssetSpec[]): AssetsDiff {
  const identities = new AssetIdentities([before, now]);
  const [old, current] = [identities.index(before), identities.index(now)];
  const added = [...current].filter(([id]) => !old.has(id)).map(([, spec]) => nameOf(spec));
  const removed = [...old].filter(([id]) => !current.has(id)).map(([, spec]) => nameOf(spec));
  const changed = [...current].flatMap(([id, spec]) => {
    const was = old.get(id);
    return was === undefined ? [] : (changeOf(was, spec) ?? []);
  });
  return { added: sorted(added), removed: sorted(removed), changed: sorted(changed) };
}

function changeOf(was: AssetSpec, is: AssetSpec): AssetChange | null {
  const [oldDeps, deps] = [depsOf(was), depsOf(is)];
  const [oldColumns, columns] = [columnsOf(was), columnsOf(is)];
  const versions = [versionOf(was), versionOf(is)] as const;
  const [before, now] = [nameOf(was), nameOf(is)];
  const change: AssetChange = {
    ...now,
    before: before.key === now.key && before.name === now.name ? null : before,
    addedDeps: deps.filter((dep) => !oldDeps.includes(dep)),
    removedDeps: oldDeps.filter((dep) => !deps.includes(dep)),
    addedColumns: [...columns.keys()].filter((name) => !oldColumns.has(name)),
    removedColumns: [...oldColumns.keys()].filter((name) => !columns.has(name)),
    rewiredColumns: [...columns]
      .filter(([name, from]) => oldColumns.has(name) && oldColumns.get(name) !== from)
      .map(([name]) => name),
    versions: versions[0] === versions[1] ? null : versions,
  };
  const isSame =
    change.before === null &&
    change.versions === null &&
    [
      change.addedDeps,
      change.removedDeps,
      change.addedColumns,
      change.removedColumns,
      change.rewiredColumns,
    ].every((list) => list.length === 0);
  return isSame ? null : change;
}

function nameOf({ key, presentation }: AssetSpec): DiffedAsset {
  const shown = key.toUserString();
  return { key: shown, name: presentation?.name ?? shown };
}

function depsOf({ deps }: AssetSpec): readonly string[] {
  return deps.map(({ assetKey }) => assetKey.toUserString()).sort();
}

/** The sources of each column, as text. */
function columnsOf({ metadata }: AssetSpec): ReadonlyMap<string, string> {
  const schema = metadata[columnSchemaLabel];
  const lineage = metadata[columnLineageLabel];
  const deps = lineage?.type === "table_column_lineage" ? lineage.value.depsByColumn : {};
  const columns = schema?.type === "table_schema" ? schema.value.columns : [];
  return new Map(
    columns.map(({ name }) => [name, JSON.stringify(Object.hasOwn(deps, name) ? deps[name] : [])]),
  );
}

function versionOf({ origin }: AssetSpec): number | null {
  return origin?.object?.version ?? null;
}

function sorted<Item extends DiffedAsset>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => compareText(a.key, b.key));
}
