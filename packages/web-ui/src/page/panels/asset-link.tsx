import type { VNode } from "preact";
import { revealAsset } from "../graph/graph-actions.ts";
import { model } from "../state/page-data.ts";
import { KindIcon } from "./kind-icon.tsx";

/** An asset by its name; opens it in the graph. */
export function AssetLink({
  asset,
  detail,
}: {
  readonly asset: number;
  readonly detail?: string;
}): VNode | null {
  const known = model.value?.assets[asset];
  if (known === undefined) return null;
  return (
    <button
      type="button"
      class="asset-link"
      title={known.path.join("/")}
      onClick={() => revealAsset(known.key)}
    >
      <KindIcon kind={known.kind} />
      <span class="name">{known.name}</span>
      {detail !== undefined && <span class="muted">{detail}</span>}
    </button>
  );
}
