import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import type { CardRows, LineageCard } from "./lineage.ts";

export interface RowOptions {
  /** Number of the column of which only the lineage is listed; null for the columns of the center. */
  readonly selected: number | null;
  /** Maximum number of rows of the asset in the center, and of other assets. */
  readonly mostOfCenter: number;
  readonly mostOfOthers: number;
}

/**
 * The columns that each card lists. The center lists its own, those with lineage first; the others list those from which columns of the
 * center are computed, or which are computed from them. Cards of several assets list none.
 *
 * @param center index of the asset in the center
 */
export function chooseRows(
  known: ColumnIndex,
  cards: readonly LineageCard[],
  center: number,
  options: RowOptions,
): readonly CardRows[] {
  const { selected, mostOfCenter, mostOfOthers } = options;
  const degree = (column: number): number =>
    known.index.upstream(column).length + known.index.downstream(column).length;
  const ofCenter = known.columnsOf(center);
  const first = [
    ...ofCenter.filter((column) => degree(column) > 0),
    ...ofCenter.filter((column) => degree(column) === 0),
  ];
  const starts = selected === null ? first.slice(0, mostOfCenter) : [selected];
  const near = new Set(lineageOf(known, starts));
  const all = selected === null ? new Set(lineageOf(known, ofCenter)) : near;
  return cards.map(({ type, assets: [asset = -1] }) => {
    if (type !== "asset") return { columns: [], hidden: 0 };
    if (asset === center && selected === null)
      return { columns: starts, hidden: ofCenter.length - starts.length };
    const own = known.columnsOf(asset);
    const related = own.filter((column) => all.has(column));
    const most = asset === center ? mostOfCenter : mostOfOthers;
    const columns = [
      ...related.filter((column) => near.has(column)),
      ...related.filter((column) => !near.has(column)),
    ].slice(0, most);
    return { columns, hidden: own.length - columns.length };
  });
}

/** Columns, what they are computed from, and what is computed from them, in any number of steps. */
export function lineageOf({ index }: ColumnIndex, columns: readonly number[]): readonly number[] {
  return [...index.walkUp(columns).keys(), ...index.walkDown(columns).keys()];
}
