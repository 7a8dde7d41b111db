import { type AssetIcon, type AssetKind, assetIcons } from "@dagster-sigma/asset-graph/presentation";

/** Icons as lines in a square of 16 by 16: a grid, a barrel, a cube, a chart, a circle. */
const iconPaths: Readonly<Record<AssetIcon, string>> = {
  table: "M2 3h12v10H2z M2 6.5h12 M2 9.8h12 M6.2 6.5V13 M10 6.5V13",
  dataset: "M2.5 4c0-2.4 11-2.4 11 0s-11 2.4-11 0z M2.5 4v8c0 2.4 11 2.4 11 0V4 M2.5 8c0 2.4 11 2.4 11 0",
  model: "M8 1.5l6 3.2v6.6l-6 3.2-6-3.2V4.7z M2 4.7l6 3.2 6-3.2 M8 7.9v6.6",
  dashboard: "M2 2h12v12H2z M5 11V8 M8 11V5 M11 11V7",
  other: "M8 2.5a5.5 5.5 0 1 0 .01 0z",
};

/** Icons whose colors are used for kinds without a known icon, by their rank. */
const byRank: readonly AssetIcon[] = ["other", "dataset", "model", "dashboard"];

/** The icon of a kind; a circle where it names none that is known. */
export function iconPath(kind: AssetKind): string {
  return iconPaths[knownIcon(kind) ?? "other"];
}

/** The icon whose color a kind has. */
export function colorNameOf(kind: AssetKind): AssetIcon {
  const ofRank = byRank[Math.min(byRank.length - 1, Math.max(0, Math.floor(kind.rank)))];
  return knownIcon(kind) ?? ofRank ?? "other";
}

function knownIcon({ icon }: AssetKind): AssetIcon | null {
  return assetIcons.find((known) => known === icon) ?? null;
}
