import { cardSize, columnRow, type MapLayout } from "../../layout/map-layout.ts";

/** A line from the right side of one thing to the left side of another, in units of the map. */
export interface EdgeLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** How far the handles of the curve stand off. */
  readonly bend: number;
}

/** @param from an asset, or the negative of a block's index, less one; `to` likewise */
export function edgeLine(layout: MapLayout, from: number, to: number): EdgeLine {
  const [x1, y1] = sideOf(layout, from, "right");
  const [x2, y2] = sideOf(layout, to, "left");
  return lineBetween(x1, y1, x2, y2);
}

/** Where a column is a row of a card. */
export function columnLine(
  layout: MapLayout,
  from: { readonly asset: number; readonly row: number },
  to: { readonly asset: number; readonly row: number },
): EdgeLine {
  return lineBetween(
    (layout.x[from.asset] ?? 0) + cardSize.width,
    rowMiddle(layout, from),
    layout.x[to.asset] ?? 0,
    rowMiddle(layout, to),
  );
}

function rowMiddle(
  layout: MapLayout,
  { asset, row }: { readonly asset: number; readonly row: number },
): number {
  return (layout.y[asset] ?? 0) + cardSize.height + (row + 0.5) * columnRow.height - 3;
}

function sideOf(layout: MapLayout, code: number, side: "left" | "right"): readonly [number, number] {
  if (code >= 0) {
    const x = layout.x[code] ?? 0;
    const y = layout.y[code] ?? 0;
    return [
      side === "left" ? x : x + cardSize.width,
      y + Math.min(cardSize.height, layout.cardHeight[code] ?? 0) / 2,
    ];
  }
  const block = layout.blocks[-code - 1];
  if (block === undefined) return [0, 0];
  return [side === "left" ? block.x : block.x + block.width, block.y + block.height / 2];
}

function lineBetween(x1: number, y1: number, x2: number, y2: number): EdgeLine {
  const bend = x2 > x1 ? Math.max(24, Math.min(400, (x2 - x1) * 0.45)) : 120;
  return { x1, y1, x2, y2, bend };
}
