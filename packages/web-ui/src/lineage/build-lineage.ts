import { groupBy } from "@dagster-sigma/foundation";
import type { GraphModel } from "../model/graph-model.ts";
import { connectCards } from "./connect-cards.ts";
import { drawLines } from "./draw-lines.ts";
import { groupCards } from "./group-cards.ts";
import { fittingSteps, layersOf } from "./layers-of.ts";
import { type Lineage, type LineageCard, lineageSizes, type PlacedCard } from "./lineage.ts";
import { orderItems } from "./order-items.ts";
import { placeItems } from "./place-items.ts";
import { routeEdges } from "./route-edges.ts";

const { cardWidth, cardHeight, channel, padding, head } = lineageSizes;

/** Maximum number of cards of a layer, at most. */
const mostCards = 13;
const fewestCards = 8;

export interface LineageOptions {
  /** Index of the asset. */
  readonly center: number;
  /** Number of steps; null for as many as fit. */
  readonly up: number | null;
  readonly down: number | null;
  /** Id of the folder whose assets are shown in its place; null for none. */
  readonly opened: string | null;
  /** Size of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Lays out what feeds an asset and what reads it, in layers. */
export function buildLineage(model: GraphModel, options: LineageOptions): Lineage {
  const { center, width, height, opened } = options;
  const mostLayers = Math.max(3, Math.floor((width - 2 * padding + channel) / (cardWidth + channel)));
  const steps = fittingSteps(model.index, center, mostLayers, options);
  const { layerOf, left, right } = layersOf(model.index, center, steps);
  const byLayer = groupBy(layerOf.keys(), (asset) => layerOf.get(asset) ?? 0);
  const numbers = Array.from({ length: left + right + 1 }, (_layer, at) => at - left);
  const most = Math.min(mostCards, Math.max(fewestCards, Math.floor((height - 64) / 60)));
  const cards = numbers.flatMap((layer): readonly LineageCard[] =>
    groupCards(model, layer, byLayer.get(layer) ?? [], most, opened),
  );
  const { edges, sameLayer, passingBy } = connectCards(model, cards);
  const routes = routeEdges(cards, edges);
  const orders = orderItems(routes, numbers);
  const middles = placeItems(routes, orders);
  const used = numbers.length * (cardWidth + channel) - channel;
  const start = Math.max(padding, (width - used) / 2);
  const xOf = (layer: number): number => start + (layer + left) * (cardWidth + channel);
  const bottom = Math.max(cardHeight, ...middles.map((middle) => middle + cardHeight / 2));
  const shift = head + Math.max(8, (height - head - bottom) / 2);
  const y = middles.map((middle) => middle + shift);
  const placed = cards.map((card, at): PlacedCard => {
    const isOutermost = card.layer !== 0 && (card.layer === -left || card.layer === right);
    return {
      ...card,
      x: xOf(card.layer),
      y: (y[at] ?? 0) - cardHeight / 2,
      farther: isOutermost ? fartherOf(model, card, layerOf) : 0,
    };
  });
  return {
    center,
    layers: numbers.map((layer) => ({
      layer,
      x: xOf(layer),
      cards: (orders.get(layer) ?? []).filter((item) => item < cards.length),
    })),
    cards: placed,
    lines: drawLines(edges, routes, { y, xOf }),
    sameLayer,
    passingBy,
    ...steps,
    upstream: model.index.walkUp([center]).size - 1,
    downstream: model.index.walkDown([center]).size - 1,
    width: Math.max(width, used + 2 * padding),
    height: Math.max(height, bottom + shift + padding),
  };
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
