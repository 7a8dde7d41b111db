/** Sizes in units of the map: pixels at a zoom of 1. */
export const cardSize = { width: 204, height: 46, gapX: 20, gapY: 9 } as const;
export const blockSize = { padding: 10, header: 28, gap: 18 } as const;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A group of assets within a lane. It has the room of all its cards whether it is open or not: nothing moves. */
export interface Block extends Rectangle {
  /** The same as long as lane and group have their names. */
  readonly id: string;
  readonly lane: number;
  readonly group: string;
  /** Cards of one column; the first column is filled first. */
  readonly rows: number;
  /** In the order in which they stand. */
  readonly assets: readonly number[];
}

interface LaneFrame extends Rectangle {
  readonly title: string;
  readonly count: number;
}

/** Where everything stands. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneFrame[];
  readonly blocks: readonly Block[];
  /** Upper left corner of the card of each asset; NaN where it is not in the picture. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Height of the card of each asset. */
  readonly cardHeight: Float32Array;
  /** Index of the block of each asset; -1 where it is in none. */
  readonly blockOf: Int32Array;
}

/** A column as a row of a card. */
export const columnRow = { height: 22 } as const;
