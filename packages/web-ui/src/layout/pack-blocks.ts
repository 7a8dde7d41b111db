import { blockSize, cardSize } from "./map-layout.ts";

/** A group that has not been placed yet. */
export interface Packable {
  readonly count: number;
}

interface PackedBlock {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: number;
}

export interface PackedLane {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly PackedBlock[];
}

const cellWidth = cardSize.width + cardSize.gapX;
const cellHeight = cardSize.height + cardSize.gapY;

function blockWidth(columns: number): number {
  return columns * cellWidth - cardSize.gapX + 2 * blockSize.padding;
}

/** Height of a block of `count` assets in `rows` rows: a single card needs no frame and no title. */
export function blockHeight(rows: number, count: number): number {
  if (count === 1) return cardSize.height;
  return rows * cellHeight - cardSize.gapY + 2 * blockSize.padding + blockSize.header;
}

/**
 * Packs the blocks of a lane, in order, into shelves that are `columns` cards wide. A shelf takes another block as
 * long as that makes its blocks closer to squares.
 */
export function packBlocks(blocks: readonly Packable[], columns: number): PackedLane {
  const placed: PackedBlock[] = [];
  let y = 0;
  let width = 0;
  for (const shelf of shelvesOf(blocks, columns)) {
    const rows = rowsOf(shelf, columns);
    let x = 0;
    let height = 0;
    for (const { count } of shelf) {
      const inColumns = Math.ceil(count / rows);
      const ownRows = Math.ceil(count / inColumns);
      const ownWidth = blockWidth(inColumns);
      const ownHeight = blockHeight(ownRows, count);
      placed.push({ x, y, width: ownWidth, height: ownHeight, rows: ownRows });
      height = Math.max(height, ownHeight);
      x += ownWidth + blockSize.gap;
    }
    width = Math.max(width, x - blockSize.gap);
    y += height + blockSize.gap;
  }
  return { width, height: Math.max(0, y - blockSize.gap), blocks: placed };
}

function shelvesOf(blocks: readonly Packable[], columns: number): readonly (readonly Packable[])[] {
  const shelves: Packable[][] = [];
  let shelf: Packable[] = [];
  let shape = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    const longer = [...shelf, block];
    const longerShape = meanShape(longer, columns);
    if (shelf.length > 0 && (longerShape > shape || longer.length > columns)) {
      shelves.push(shelf);
      shelf = [block];
      shape = meanShape(shelf, columns);
    } else {
      shelf = longer;
      shape = longerShape;
    }
  }
  if (shelf.length > 0) shelves.push(shelf);
  return shelves;
}

/** Mean deviation of a shelf's blocks from squares: 1 for squares. */
function meanShape(shelf: readonly Packable[], columns: number): number {
  const rows = rowsOf(shelf, columns);
  let sum = 0;
  for (const { count } of shelf) {
    const height = blockHeight(rows, count);
    const width = blockWidth(Math.ceil(count / rows));
    sum += Math.max(width / height, height / width);
  }
  return sum / shelf.length;
}

/** The minimum number of rows with which the blocks fit side by side into `columns` columns. */
function rowsOf(shelf: readonly Packable[], columns: number): number {
  let total = 0;
  for (const { count } of shelf) total += count;
  let rows = Math.max(1, Math.ceil(total / columns));
  const columnsAt = (): number => shelf.reduce((sum, { count }) => sum + Math.ceil(count / rows), 0);
  while (columnsAt() > columns && rows < total) rows++;
  return rows;
}
