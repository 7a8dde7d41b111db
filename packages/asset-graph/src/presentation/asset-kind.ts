import { compareText } from "@dagster-sigma/foundation";

/** Icons that a page can draw. A kind without an icon gets `other`. */
export const assetIcons = ["table", "dataset", "model", "dashboard", "other"] as const;

/** Name of an icon that a page can draw. */
export type AssetIcon = (typeof assetIcons)[number];

/** What people call an asset: a table, a workbook, a report. Unlike Dagster's kinds, which are tags. */
export interface AssetKind {
  /** Identifies the kind within a graph, for example `dataModel`. Assets with the same id are of the same kind. */
  readonly id: string;
  /** Singular, for example `Data model`. */
  readonly name: string;
  /** Plural, for example `Data models`. */
  readonly plural: string;
  /**
   * Position in the data flow, from left to right: the lowest rank, that of tables, is furthest upstream. Any finite
   * number.
   */
  readonly rank: number;
  /** Default: `other`. */
  readonly icon?: AssetIcon;
  /**
   * True for a final product such as a dashboard: it counts as used even if no asset depends on it. Default: false.
   */
  readonly isReadByPeople?: boolean;
}

/** Warehouse tables and views, and anything else that nothing in the graph defines. */
export const tableKind: AssetKind = { id: "table", name: "Table", plural: "Tables", rank: 0, icon: "table" };

/** Assets of unknown kind. They have the rank of tables because nothing is known about their position. */
export const otherKind: AssetKind = {
  id: "other",
  name: "Other asset",
  plural: "Assets",
  rank: 0,
  icon: "other",
};

/** Compares kinds for lists: by rank, then by name; `other` comes last. */
export function compareKinds(a: AssetKind, b: AssetKind): number {
  return (
    Number(a.id === otherKind.id) - Number(b.id === otherKind.id) ||
    a.rank - b.rank ||
    compareText(a.name, b.name) ||
    compareText(a.id, b.id)
  );
}
