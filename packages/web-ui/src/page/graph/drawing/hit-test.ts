import { type Block, blockSize, cardSize, columnRow } from "../../../layout/map-layout.ts";
import type { Picture } from "../picture.ts";

/** What is under a point. */
export type Hit =
  | {
      readonly type: "asset";
      readonly asset: number /** Of a card with rows: the column. */;
      readonly column: number | null;
    }
  | {
      readonly type: "block";
      readonly block: number /** Whether it is the title of an open group, or a closed one. */;
      readonly isTitle: boolean;
    }
  | { readonly type: "nothing" };

/** @param x, y in units of the map */
export function hitTest(picture: Picture, open: readonly boolean[], x: number, y: number): Hit {
  const { layout } = picture;
  const isIn = (asset: number): boolean => {
    const left = layout.x[asset] ?? Number.NaN;
    const top = layout.y[asset] ?? Number.NaN;
    return x >= left && x <= left + cardSize.width && y >= top && y <= top + (layout.cardHeight[asset] ?? 0);
  };
  if (layout.blocks.length === 0) {
    const asset = picture.assets.findLast(isIn);
    return asset === undefined
      ? { type: "nothing" }
      : { type: "asset", asset, column: columnAt(picture, asset, y) };
  }
  const block = layout.blocks.findIndex(
    (each) => x >= each.x && x <= each.x + each.width && y >= each.y && y <= each.y + each.height,
  );
  const found = layout.blocks[block];
  if (found === undefined) return { type: "nothing" };
  if (open[block] !== true) return { type: "block", block, isTitle: true };
  const asset = found.assets.length === 1 ? found.assets[0] : found.assets[placeInBlock(found, x, y)];
  if (asset !== undefined && isIn(asset)) return { type: "asset", asset, column: null };
  return { type: "block", block, isTitle: y < found.y + blockSize.padding + blockSize.header };
}

/** Which card of a group has its place there; -1 where none has. */
function placeInBlock(block: Block, x: number, y: number): number {
  const column = Math.floor((x - block.x - blockSize.padding) / (cardSize.width + cardSize.gapX));
  const row = Math.floor(
    (y - block.y - blockSize.padding - blockSize.header) / (cardSize.height + cardSize.gapY),
  );
  return row < 0 || row >= block.rows || column < 0 ? -1 : column * block.rows + row;
}

function columnAt({ layout, rows }: Picture, asset: number, y: number): number | null {
  const row = Math.floor((y - (layout.y[asset] ?? 0) - cardSize.height + 3) / columnRow.height);
  return rows.get(asset)?.[row] ?? null;
}
