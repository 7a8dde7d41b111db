/** The columns that a card lists. */
export interface CardRows {
  /** Column numbers, from top to bottom. */
  readonly columns: readonly number[];
  /** Number of columns that it has and does not list. */
  readonly hidden: number;
}

/** An asset, or the assets of a folder, in a layer of the lineage of an asset. */
export interface LineageCard {
  /** Unique in the picture, and the same after a reload. */
  readonly id: string;
  /** 0 for the asset in the center, negative upstream of it. */
  readonly layer: number;
  readonly type: "asset" | "folder" | "more";
  /** Name of the asset or of its folder. */
  readonly name: string;
  /** Where it is; the last part says most. */
  readonly place: readonly string[];
  readonly assets: readonly number[];
}

/** A card with its place, in pixels. */
export interface PlacedCard extends LineageCard {
  readonly x: number;
  readonly y: number;
  /** With its rows. */
  readonly height: number;
  /** Columns that it lists; none unless columns are shown. */
  readonly rows: CardRows;
  /** Number of assets farther away than the picture shows, of cards in the outermost layers. */
  readonly farther: number;
}

/** Dependencies between two cards. */
export interface LineageEdge {
  /** Indices of cards. */
  readonly from: number;
  readonly to: number;
  readonly dependencies: number;
}

/** An edge as it is drawn: level across layers, and curved only between them, so that it lies over no card. */
export interface LineageLine extends LineageEdge {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly width: number;
}

/** A column from which another one is computed. */
export interface ColumnLine {
  /** Column numbers. */
  readonly from: number;
  readonly to: number;
  /** Indices of their cards. */
  readonly fromCard: number;
  readonly toCard: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineageLayer {
  readonly layer: number;
  readonly x: number;
  /** Indices of its cards, from top to bottom. */
  readonly cards: readonly number[];
}

/** The lineage of one asset: what feeds it at the left, what reads it at the right. */
export interface Lineage {
  readonly center: number;
  readonly layers: readonly LineageLayer[];
  readonly cards: readonly PlacedCard[];
  readonly lines: readonly LineageLine[];
  /** Only if columns are shown. */
  readonly columnLines: readonly ColumnLine[];
  /** Edges within a layer. If there are many, only those of one card are drawn. */
  readonly sameLayer: readonly LineageEdge[];
  /** Number of dependencies that lead from upstream to downstream without the asset. */
  readonly passingBy: number;
  /** Steps that are shown. */
  readonly up: number;
  readonly down: number;
  /** All assets upstream and downstream, in any number of steps. */
  readonly upstream: number;
  readonly downstream: number;
  readonly cardWidth: number;
  readonly width: number;
  readonly height: number;
}

/** Sizes in pixels. */
export const lineageSizes = {
  cardWidth: 196,
  cardWidthWithColumns: 250,
  /** Without rows. */
  cardHeight: 48,
  gap: 12,
  slotHeight: 10,
  channel: 64,
  padding: 20,
  head: 36,
} as const;

/** Rows of columns in a card, in pixels: the height of each, and what is below the last. */
export const columnRow = { height: 22, below: 6 } as const;
