import {
  blockSize,
  cardSize,
  columnRow,
  type MapLayout,
  type Rectangle,
} from "../../../layout/map-layout.ts";

/** A line from the right side of one thing to the left side of another, in units of the map. */
export interface EdgeLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** How far the handles of the curve stand off. */
  readonly bend: number;
  /**
   * Where something stands between it and the side of its lane: the way along the gap below it. From here to there, at the
   * height of `y1`; the curve begins where the way ends.
   */
  readonly wayOut: Way | null;
  readonly wayIn: Way | null;
}

/** A way beside cards: where the thing itself has its side, and at which height. */
interface Way {
  readonly x: number;
  readonly y: number;
}

/** Nearer than this to the side of its lane nothing stands between. */
const nearSide = 30;

/** @param from an asset, or the negative of a block's index, less one; `to` likewise */
export function edgeLine(layout: MapLayout, from: number, to: number): EdgeLine {
  const start = sideOf(layout, from, "right");
  const end = sideOf(layout, to, "left");
  return lineBetween(start.x, start.y, end.x, end.y, start.way, end.way);
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

interface Side {
  /** Where the curve begins or ends. */
  readonly x: number;
  readonly y: number;
  readonly way: Way | null;
}

function sideOf(layout: MapLayout, code: number, side: "left" | "right"): Side {
  const box = code >= 0 ? cardBox(layout, code) : layout.blocks[-code - 1];
  if (box === undefined) return { x: 0, y: 0, way: null };
  const x = side === "left" ? box.x : box.x + box.width;
  const middle = box.y + (code >= 0 ? cardSize.height : box.height) / 2;
  const block = layout.blocks[code >= 0 ? (layout.blockOf[code] ?? -1) : -code - 1];
  const lane = layout.lanes[block?.lane ?? -1];
  if (lane === undefined) return { x, y: middle, way: null };
  const laneX = side === "left" ? lane.x : lane.x + lane.width;
  if (Math.abs(laneX - x) < nearSide) return { x, y: middle, way: null };
  const gap = code >= 0 ? cardSize.gapY / 2 : blockSize.gap / 2;
  return { x: laneX, y: box.y + box.height + gap, way: { x, y: middle } };
}

function cardBox(layout: MapLayout, asset: number): Rectangle {
  return {
    x: layout.x[asset] ?? 0,
    y: layout.y[asset] ?? 0,
    width: cardSize.width,
    height: layout.cardHeight[asset] ?? cardSize.height,
  };
}

function lineBetween(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  wayOut: Way | null = null,
  wayIn: Way | null = null,
): EdgeLine {
  const bend = x2 > x1 ? Math.max(24, Math.min(400, (x2 - x1) * 0.45)) : 120;
  return { x1, y1, x2, y2, bend, wayOut, wayIn };
}

/** How far before and behind a thing its way turns into the gap. */
const turn = 16;

/** What lines are drawn with: of a canvas, or of a file. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
}

export function traceLine(pen: Pen, { x1, y1, x2, y2, bend, wayOut, wayIn }: EdgeLine): void {
  if (wayOut === null) pen.moveTo(x1, y1);
  else {
    const { x, y } = wayOut;
    pen.moveTo(x, y);
    pen.bezierCurveTo(x + turn / 2, y, x + turn / 2, y1, x + turn, y1);
    pen.lineTo(x1, y1);
  }
  pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  if (wayIn === null) return;
  const { x, y } = wayIn;
  pen.lineTo(x - turn, y2);
  pen.bezierCurveTo(x - turn / 2, y2, x - turn / 2, y, x, y);
}
