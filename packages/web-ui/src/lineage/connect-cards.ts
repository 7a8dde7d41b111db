import type { GraphModel } from "../model/graph-model.ts";
import type { LineageCard, LineageEdge } from "./lineage.ts";

/** The dependencies between cards. */
export interface CardEdges {
  readonly edges: readonly LineageEdge[];
  readonly sameLayer: readonly LineageEdge[];
  /** Number of dependencies from upstream to downstream without the center. */
  readonly passingBy: number;
}

export function connectCards(model: GraphModel, cards: readonly LineageCard[]): CardEdges {
  const cardOf = new Map<number, number>();
  cards.forEach(({ assets }, card) => {
    for (const asset of assets) cardOf.set(asset, card);
  });
  const counts = new Map<string, { from: number; to: number; dependencies: number }>();
  let passingBy = 0;
  for (const [asset, to] of cardOf)
    for (const upstream of model.index.upstream(asset)) {
      const from = cardOf.get(upstream);
      if (from === undefined || from === to) continue;
      if (layerOf(cards, from) < 0 && layerOf(cards, to) > 0) {
        passingBy++;
        continue;
      }
      const id = `${from} ${to}`;
      const known = counts.get(id);
      if (known === undefined) counts.set(id, { from, to, dependencies: 1 });
      else known.dependencies++;
    }
  const all = [...counts.values()];
  const isForward = ({ from, to }: LineageEdge): boolean => layerOf(cards, from) < layerOf(cards, to);
  return { edges: all.filter(isForward), sameLayer: all.filter((edge) => !isForward(edge)), passingBy };
}

function layerOf(cards: readonly LineageCard[], card: number): number {
  return cards[card]?.layer ?? 0;
}
