import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { type ColumnLine, columnRow, type LineageLine, lineageSizes, type PlacedCard } from "./lineage.ts";

/**
 * Lines from the row of a column to the row of a column that is computed from it. They take the way of the dependency between their
 * cards, so that they lie over no other card either. In a card of several assets they end at its head.
 *
 * @param lines the lines between the cards
 */
export function drawColumnLines(
  known: ColumnIndex,
  cards: readonly PlacedCard[],
  lines: readonly LineageLine[],
): readonly ColumnLine[] {
  const lineOf = new Map(lines.map((line) => [`${line.from} ${line.to}`, line]));
  const places = new Map<number, { readonly card: number; readonly y: number }>();
  const folderOf = new Map<number, number>();
  cards.forEach((card, at) => {
    card.rows.columns.forEach((column, row) => {
      places.set(column, { card: at, y: rowMiddle(card, row) });
    });
    if (card.type !== "asset") for (const asset of card.assets) folderOf.set(asset, at);
  });
  const placeOf = (column: number): { readonly card: number; readonly y: number } | null => {
    const place = places.get(column);
    if (place !== undefined) return place;
    const card = folderOf.get(known.assetOf(column));
    return card === undefined ? null : { card, y: (cards[card]?.y ?? 0) + lineageSizes.cardHeight / 2 };
  };
  const drawn = new Map<string, ColumnLine>();
  const add = (from: number, to: number): void => {
    const start = placeOf(from);
    const end = placeOf(to);
    const line = start === null || end === null ? undefined : lineOf.get(`${start.card} ${end.card}`);
    if (start === null || end === null || line === undefined) return;
    const points = line.points.map(([x, y], at): readonly [number, number] => {
      if (at === 0) return [x, start.y];
      return at === line.points.length - 1 ? [x, end.y] : [x, y];
    });
    // Columns of one folder are one line.
    const id = `${places.has(from) ? from : `card ${start.card}`} ${places.has(to) ? to : `card ${end.card}`}`;
    if (!drawn.has(id)) drawn.set(id, { from, to, fromCard: start.card, toCard: end.card, points });
  };
  for (const column of places.keys()) {
    for (const source of known.index.upstream(column)) add(source, column);
    for (const computed of known.index.downstream(column)) add(column, computed);
  }
  return [...drawn.values()];
}

function rowMiddle({ y }: PlacedCard, row: number): number {
  return y + lineageSizes.cardHeight + (row + 0.5) * columnRow.height;
}
