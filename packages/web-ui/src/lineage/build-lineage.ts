import type { ColumnIndex } from "@dagster-sigma/asset-graph/graph-index";
import { groupBy } from "@dagster-sigma/foundation";
import type { GraphModel } from "../model/graph-model.ts";
import { chooseRows } from "./choose-rows.ts";
import { connectCards } from "./connect-cards.ts";
import { drawColumnLines } from "./draw-column-lines.ts";
import { drawLines } from "./draw-lines.ts";
import { groupCards } from "./group-cards.ts";
import { fittingSteps, layersOf } from "./layers-of.ts";
import {
  type CardRows,
  columnRow,
  type Lineage,
  type LineageCard,
  lineageSizes,
  type PlacedCard,
} from "./lineage.ts";
import { orderItems } from "./order-items.ts";
import { placeItems } from "./place-items.ts";
import { routeEdges } from "./route-edges.ts";

const { cardHeight, channel, padding, head } = lineageSizes;

/** Maximum number of cards of a layer, at most. */
const mostCards = 13;
const fewestCards = 8;
const mostRows = 6;
const mostRowsOfCenter = 20;

export interface LineageOptions {
  /** Index of the asset. */
  readonly center: number;
  /** Number of steps; null for as many as fit. */
  readonly up: number | null;
  readonly down: number | null;
  /** Id of the folder whose assets are shown in its place; null for none. */
  readonly opened: string | null;
  /** Shows columns as rows of cards; null for no columns. */
  readonly columns: {
    readonly known: ColumnIndex;
    /** Number of the column of which only the lineage is shown; null for the columns of the asset. */
    readonly selected: number | null;
  } | null;
  /** Size of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Lays out what feeds an asset and what reads it, in layers. */
export function buildLineage(model: GraphModel, options: LineageOptions): Lineage {
  const { center, width, height, opened, columns } = options;
  const room = width - 2 * padding + channel;
  const mostLayers = Math.max(3, Math.floor(room / (lineageSizes.cardWidth + channel)));
  const steps = fittingSteps(model.index, center, mostLayers, options);
  const { layerOf, left, right } = layersOf(model.index, center, steps);
  const byLayer = groupBy(layerOf.keys(), (asset) => layerOf.get(asset) ?? 0);
  // Names of columns are long: cards take the room that there is.
  const widest = columns === null ? lineageSizes.cardWidth : lineageSizes.cardWidthWithColumns;
  const wide = Math.floor(room / (left + right + 1)) - channel;
  const cardWidth = Math.max(lineageSizes.cardWidth, Math.min(widest, wide));
  const numbers = Array.from({ length: left + right + 1 }, (_layer, at) => at - left);
  const most = Math.min(mostCards, Math.max(fewestCards, Math.floor((height - 64) / 60)));
  const cards = numbers.flatMap((layer): readonly LineageCard[] =>
    groupCards(model, layer, byLayer.get(layer) ?? [], most, opened),
  );
  const rows =
    columns === null
      ? cards.map(() => ({ columns: [], hidden: 0 }))
      : chooseRows(columns.known, cards, center, {
          selected: columns.selected,
          mostOfCenter: Math.min(
            mostRowsOfCenter,
            Math.max(mostRows, Math.floor((height - 220) / columnRow.height)),
          ),
          mostOfOthers: mostRows,
        });
  const heights = rows.map(heightWith);
  const { edges, sameLayer, passingBy } = connectCards(model, cards);
  const routes = routeEdges(cards, edges);
  const orders = orderItems(routes, numbers);
  const middles = placeItems(routes, orders, heights);
  const used = numbers.length * (cardWidth + channel) - channel;
  const start = Math.max(padding, (width - used) / 2);
  const xOf = (layer: number): number => start + (layer + left) * (cardWidth + channel);
  const bottom = Math.max(cardHeight, ...middles.map((middle, item) => middle + (heights[item] ?? 0) / 2));
  const shift = head + Math.max(8, (height - head - bottom) / 2);
  const tops = middles.map((middle, item) => middle + shift - (heights[item] ?? 0) / 2);
  const placed = cards.map((card, at): PlacedCard => {
    const isOutermost = card.layer !== 0 && (card.layer === -left || card.layer === right);
    return {
      ...card,
      x: xOf(card.layer),
      y: tops[at] ?? 0,
      height: heights[at] ?? cardHeight,
      rows: rows[at] ?? { columns: [], hidden: 0 },
      farther: isOutermost ? fartherOf(model, card, layerOf) : 0,
    };
  });
  // Lines end at the heads of cards, and pass slots in their middle.
  const y = tops.map((top, item) => (item < cards.length ? top + cardHeight / 2 : top));
  const lines = drawLines(edges, routes, { y, xOf, cardWidth });
  return {
    center,
    layers: numbers.map((layer) => ({
      layer,
      x: xOf(layer),
      cards: (orders.get(layer) ?? []).filter((item) => item < cards.length),
    })),
    cards: placed,
    lines,
    columnLines: columns === null ? [] : drawColumnLines(columns.known, placed, lines),
    sameLayer,
    passingBy,
    up: steps.up,
    down: steps.down,
    upstream: model.index.walkUp([center]).size - 1,
    downstream: model.index.walkDown([center]).size - 1,
    cardWidth,
    width: Math.max(width, used + 2 * padding),
    height: Math.max(height, bottom + shift + padding),
  };
}

/** Height of a card with its rows. A last row counts the columns that are not listed. */
function heightWith({ columns, hidden }: CardRows): number {
  const count = columns.length + (columns.length > 0 && hidden > 0 ? 1 : 0);
  return cardHeight + (count === 0 ? 0 : count * columnRow.height + columnRow.below);
}

/** Number of assets beyond a card that are not in the picture. */
function fartherOf(
  { index }: GraphModel,
  { layer, assets }: LineageCard,
  layerOf: ReadonlyMap<number, number>,
): number {
  const beyond = layer < 0 ? index.walkUp(assets) : index.walkDown(assets);
  let count = 0;
  for (const asset of beyond.keys()) if (!layerOf.has(asset)) count++;
  return count;
}
