/** Sizes in map units: pixels at zoom 1. */
export const cardSize = { width: 204, height: 46, gapX: 20, gapY: 9 } as const;
export const blockSize = { padding: 10, header: 28, gap: 18 } as const;

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A group of assets within a lane. It reserves space for all its cards, open or closed, so that nothing moves. */
export interface Block extends Rectangle {
  /** Stable as long as lane and group keep their names. */
  readonly id: string;
  readonly lane: number;
  readonly group: string;
  /** Number of cards per column; columns are filled from left to right. */
  readonly rows: number;
  /** In layout order. */
  readonly assets: readonly number[];
}

interface LaneFrame extends Rectangle {
  readonly title: string;
  readonly count: number;
}

/** Positions of everything on the map. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneFrame[];
  readonly blocks: readonly Block[];
  /** Upper left corner of each asset's card; NaN if it is not in the picture. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Height of each asset's card. */
  readonly cardHeight: Float32Array;
  /** Block index of each asset; -1 if it is in none. */
  readonly blockOf: Int32Array;
}

/** Size of the row for a column on a card. */
export const columnRow = { height: 22 } as const;
