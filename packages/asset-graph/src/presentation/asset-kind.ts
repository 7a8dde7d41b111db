/** Icons that a page can draw. A kind without one gets the icon of `other`. */
export const assetIcons = ["table", "dataset", "model", "dashboard", "other"] as const;

export type AssetIcon = (typeof assetIcons)[number];

/** What people call an asset: a table, a workbook, a report. Not to be confused with Dagster's kinds, which are tags. */
export interface AssetKind {
  /** Identifies the kind in one graph, for example `dataModel`. Assets with the same id are of the same kind. */
  readonly id: string;
  /** For one asset, for example `Data model`. */
  readonly name: string;
  /** For several, for example `Data models`. */
  readonly plural: string;
  /** Position in the flow of data, from left to right: 0 is read first, as tables are. Any finite number. */
  readonly rank: number;
  /** Default: `other`. */
  readonly icon?: AssetIcon;
  /** True for a final product such as a dashboard: it counts as used although no asset reads it. Default: false. */
  readonly isReadByPeople?: boolean;
}

/** Tables and views of a warehouse, and whatever else nothing in the graph defines. */
export const tableKind: AssetKind = { id: "table", name: "Table", plural: "Tables", rank: 0, icon: "table" };

/** Assets of which nothing is known. They share the tables' rank because nothing says what they are made from. */
export const otherKind: AssetKind = {
  id: "other",
  name: "Other asset",
  plural: "Assets",
  rank: 0,
  icon: "other",
};

/** Orders kinds for lists: by rank, then by name; `other` comes last. */
export function compareKinds(a: AssetKind, b: AssetKind): number {
  return (
    Number(a.id === otherKind.id) - Number(b.id === otherKind.id) ||
    a.rank - b.rank ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
