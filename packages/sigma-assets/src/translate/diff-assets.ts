import type { AssetSpec } from "@dagster-sigma/asset-graph";

/** An asset as a difference names it. */
export interface DiffedAsset {
  readonly key: string;
  readonly name: string;
}

export interface AssetChange extends DiffedAsset {
  /** Key and name before, where they changed. */
  readonly before: DiffedAsset | null;
  readonly addedDeps: readonly string[];
  readonly removedDeps: readonly string[];
  readonly addedColumns: readonly string[];
  readonly removedColumns: readonly string[];
  /** Columns that are computed from other columns than before. */
  readonly rewiredColumns: readonly string[];
  /** Version before and now, where it changed. */
  readonly versions: readonly [before: number | null, now: number | null] | null;
}

export interface AssetsDiff {
  readonly added: readonly DiffedAsset[];
  readonly removed: readonly DiffedAsset[];
  readonly changed: readonly AssetChange[];
}

/** What is different between two loads of an organization. Assets are the same when their object in Sigma is. */
export function diffAssets(before: readonly AssetSpec[], now: readonly AssetSpec[]): AssetsDiff {
  const [old, current] = [byId(before), byId(now)];
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
  const versions = [numberOf(was, "dagster_sigma/version"), numberOf(is, "dagster_sigma/version")] as const;
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

function byId(specs: readonly AssetSpec[]): ReadonlyMap<string, AssetSpec> {
  return new Map(
    specs.map((spec) => [String(spec.metadata["dagster_sigma/id"]?.value ?? spec.key.toString()), spec]),
  );
}

function nameOf({ key, metadata }: AssetSpec): DiffedAsset {
  const shown = key.toUserString();
  return { key: shown, name: String(metadata["dagster_sigma/name"]?.value ?? shown) };
}

function depsOf({ deps }: AssetSpec): readonly string[] {
  return deps.map(({ assetKey }) => assetKey.toUserString()).sort();
}

/** What each column is computed from, as text. */
function columnsOf({ metadata }: AssetSpec): ReadonlyMap<string, string> {
  const schema = metadata["dagster/column_schema"];
  const lineage = metadata["dagster/column_lineage"];
  const deps = lineage?.type === "table_column_lineage" ? lineage.value.depsByColumn : {};
  const columns = schema?.type === "table_schema" ? schema.value.columns : [];
  return new Map(
    columns.map(({ name }) => [name, JSON.stringify(Object.hasOwn(deps, name) ? deps[name] : [])]),
  );
}

function numberOf({ metadata }: AssetSpec, label: string): number | null {
  const value = metadata[label]?.value;
  return typeof value === "number" ? value : null;
}

function sorted<Item extends DiffedAsset>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
