import { type AssetKind, otherKind } from "@dagster-sigma/asset-graph/presentation";
import type { PageGraph } from "./page-graph.ts";

/** Creates a function that returns an asset's kind by its index. */
export function kindFinder({
  assets,
  kinds,
}: Pick<PageGraph, "assets" | "kinds">): (asset: number) => AssetKind {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  const found = assets.map(({ kind }) => byId.get(kind) ?? otherKind);
  return (asset) => found[asset] ?? otherKind;
}
