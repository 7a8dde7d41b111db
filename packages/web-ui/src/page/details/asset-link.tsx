import type { VNode } from "preact";
import { revealAsset } from "../graph/graph-actions.ts";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { model } from "../state/page-data.ts";

/** An asset by its name; opens it in the graph. */
export function AssetLink({
  asset,
  detail,
}: {
  readonly asset: number;
  readonly detail?: string;
}): VNode | null {
  const graph = model.value;
  const known = graph?.assets[asset];
  if (graph === null || known === undefined) return null;
  return (
    <button
      type="button"
      class="asset-link"
      title={known.path.join("/")}
      onClick={() => revealAsset(known.key)}
    >
      <KindIcon kind={graph.kindOf(asset)} />
      <span class="name">{known.name}</span>
      {detail !== undefined && <span class="muted">{detail}</span>}
    </button>
  );
}
