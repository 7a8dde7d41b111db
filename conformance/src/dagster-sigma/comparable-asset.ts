import type { AssetSpec, Metadata } from "@dagster-sigma/asset-graph";

/** The compared properties of an asset, loaded by either side. */
export interface ComparableAsset {
  readonly key: readonly string[];
  /** Sorted. */
  readonly kinds: readonly string[];
  readonly description: string | null;
  readonly webUrl: string | null;
  readonly version: number | null;
  /** Seconds since the epoch. */
  readonly createdAt: number | null;
  readonly workbookId: string | null;
  readonly columns: readonly string[];
  readonly deps: readonly ComparableDep[];
}

export interface ComparableDep {
  readonly key: readonly string[];
  /** `dagster/table_name`; null if it is not a table, or not known to be one. */
  readonly tableName: string | null;
}

/** One of our assets, with the object that it represents. */
export interface OurAsset extends ComparableAsset {
  readonly id: string;
}

export function comparableAsset({ key, kinds, description, metadata, deps }: AssetSpec): OurAsset {
  const schema = metadata["dagster/column_schema"];
  return {
    id: String(metadata["dagster_sigma/id"]?.value),
    key: key.path,
    kinds: [...kinds].sort(),
    description,
    webUrl: textOf(metadata, "dagster_sigma/web_url"),
    version: numberOf(metadata, "dagster_sigma/version"),
    createdAt: numberOf(metadata, "dagster_sigma/created_at"),
    workbookId: textOf(metadata, "dagster_sigma/workbook_id"),
    columns: schema?.type === "table_schema" ? schema.value.columns.map(({ name }) => name) : [],
    deps: deps.map((dep) => ({
      key: dep.assetKey.path,
      tableName: textOf(dep.metadata, "dagster/table_name"),
    })),
  };
}

function textOf(metadata: Metadata, label: string): string | null {
  const value = metadata[label]?.value;
  return typeof value === "string" ? value : null;
}

function numberOf(metadata: Metadata, label: string): number | null {
  const value = metadata[label]?.value;
  return typeof value === "number" ? value : null;
}
