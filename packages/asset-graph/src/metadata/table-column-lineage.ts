import { InvalidMetadataError } from "../errors.ts";
import { AssetKey, type CoercibleToAssetKey, compareAssetKeys } from "../keys/asset-key.ts";
import type { Provenance } from "../provenance/provenance.ts";

/** A reference to a column of an upstream asset. */
export class TableColumnDep {
  readonly assetKey: AssetKey;
  readonly columnName: string;
  /** Where the dependency comes from; null if it is written by hand. Never sent to Dagster. */
  readonly provenance: Provenance | null;

  constructor(assetKey: CoercibleToAssetKey, columnName: string, provenance: Provenance | null = null) {
    this.assetKey = AssetKey.from(assetKey);
    this.columnName = columnName;
    this.provenance = provenance;
  }
}

function compareDeps(a: TableColumnDep, b: TableColumnDep): number {
  const byKey = compareAssetKeys(a.assetKey, b.assetKey);
  if (byKey !== 0) return byKey;
  return a.columnName < b.columnName ? -1 : a.columnName > b.columnName ? 1 : 0;
}

/** For each column of a table, the columns that it is computed from; sorted, without duplicates. */
export class TableColumnLineage {
  readonly depsByColumn: Readonly<Record<string, readonly TableColumnDep[]>>;

  /** @throws InvalidMetadataError if a column names the same dependency twice, as in Dagster */
  constructor(depsByColumn: Readonly<Record<string, readonly TableColumnDep[]>>) {
    const entries = Object.entries(depsByColumn).map(([column, deps]) => {
      const sorted = [...deps].sort(compareDeps);
      const repeated = sorted.find(
        (dep, index) => index > 0 && compareDeps(sorted[index - 1] ?? dep, dep) === 0,
      );
      if (repeated !== undefined) {
        throw new InvalidMetadataError(
          `The lineage of column "${column}" names ${repeated.assetKey.toUserString()}.${repeated.columnName} twice.`,
        );
      }
      return [column, sorted] as const;
    });
    this.depsByColumn = Object.fromEntries(entries);
  }
}
