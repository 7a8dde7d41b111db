import type { AssetKind } from "@dagster-sigma/asset-graph/presentation";
import type { VNode } from "preact";
import { colorNameOf, iconPath } from "../pictures/kind-look.ts";

export function KindIcon({ kind }: { readonly kind: AssetKind }): VNode {
  return (
    <svg class={`kind-icon ${colorNameOf(kind)}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={iconPath(kind)} />
    </svg>
  );
}
