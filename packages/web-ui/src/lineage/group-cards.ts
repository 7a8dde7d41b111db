import { groupBy } from "@dagster-sigma/foundation";
import { formatCount } from "../model/format-count.ts";
import type { GraphModel } from "../model/graph-model.ts";
import { compareNames } from "../overview/place-tree.ts";
import type { LineageCard } from "./lineage.ts";

/** Number of assets of an opened folder that are shown; the others are in one card. */
const mostOfOpened = 35;

/**
 * The cards of a layer. If there are too many, all folders of the kind with the most assets become one card each, then those of the
 * next kind. All or none of a kind, so that a card of its own means "alone in its folder".
 *
 * @param most maximum number of cards
 * @param opened id of the folder whose assets are shown; null for none
 */
export function groupCards(
  model: GraphModel,
  layer: number,
  assets: readonly number[],
  most: number,
  opened: string | null,
): readonly LineageCard[] {
  let units: readonly (readonly number[])[] = assets.map((asset) => [asset]);
  const kinds = [...groupBy(assets, (asset) => model.asset(asset).kind).values()].sort(
    (a, b) => b.length - a.length,
  );
  for (const ofKind of kinds) {
    if (units.length <= most) break;
    const inKind = new Set(ofKind);
    const others = units.filter(([asset = -1]) => !inKind.has(asset));
    // Subfolders are joined as far as it takes.
    for (let depth = deepest(model, ofKind); depth > 0; depth--) {
      const folders = groupBy(ofKind, (asset) => model.asset(asset).folder.slice(0, depth).join("\n"));
      units = [...others, ...folders.values()];
      if (units.length <= most) break;
    }
  }
  const cards = units.flatMap((unit): readonly LineageCard[] => {
    const card = cardOf(model, layer, unit);
    if (card.id !== opened) return [card];
    const members = [...unit].sort((a, b) => compareNames(model.asset(a).name, model.asset(b).name));
    const shown = members.slice(0, mostOfOpened).map((asset) => cardOf(model, layer, [asset]));
    const rest = members.slice(mostOfOpened);
    return rest.length === 0 ? shown : [...shown, moreCard(layer, rest)];
  });
  const isOpened = opened !== null && units.some((unit) => cardOf(model, layer, unit).id === opened);
  if (cards.length <= most || isOpened) return cards;
  const sorted = [...cards].sort((a, b) => b.assets.length - a.assets.length);
  return [
    ...sorted.slice(0, most - 1),
    moreCard(
      layer,
      sorted.slice(most - 1).flatMap((card) => card.assets),
    ),
  ];
}

function cardOf(model: GraphModel, layer: number, assets: readonly number[]): LineageCard {
  const [first = 0, ...others] = assets;
  const { key, name, folder } = model.asset(first);
  if (others.length === 0) return { id: `asset ${key}`, layer, type: "asset", name, place: folder, assets };
  const place = commonFolder(assets.map((asset) => model.asset(asset).folder));
  const id = `folder ${layer} ${model.asset(first).kind} ${place.join("\n")}`;
  return { id, layer, type: "folder", name: place.at(-1) ?? "No folder", place, assets };
}

function moreCard(layer: number, assets: readonly number[]): LineageCard {
  return {
    id: `more ${layer}`,
    layer,
    type: "more",
    name: `… and ${formatCount(assets.length)} more`,
    place: [],
    assets,
  };
}

/** The folder that all have in common. */
function commonFolder(folders: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = folders;
  const depth = first.findIndex((segment, at) => others.some((folder) => folder[at] !== segment));
  return depth < 0 ? first : first.slice(0, depth);
}

function deepest(model: GraphModel, assets: readonly number[]): number {
  return Math.max(1, ...assets.map((asset) => model.asset(asset).folder.length));
}
