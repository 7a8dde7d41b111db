import { blockSize, cardSize, columnRow } from "../../layout/map-layout.ts";
import type { Picture } from "../state/picture.ts";

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
  const column = Math.floor((x - found.x - blockSize.padding) / (cardSize.width + cardSize.gapX));
  const row = Math.floor(
    (y - found.y - blockSize.padding - blockSize.header) / (cardSize.height + cardSize.gapY),
  );
  const asset =
    row < 0 || row >= found.rows || column < 0 ? undefined : found.assets[column * found.rows + row];
  if (asset !== undefined && isIn(asset)) return { type: "asset", asset, column: null };
  return { type: "block", block, isTitle: y < found.y + blockSize.padding + blockSize.header };
}

function columnAt({ layout, rows }: Picture, asset: number, y: number): number | null {
  const row = Math.floor((y - (layout.y[asset] ?? 0) - cardSize.height + 3) / columnRow.height);
  return rows.get(asset)?.[row] ?? null;
}
