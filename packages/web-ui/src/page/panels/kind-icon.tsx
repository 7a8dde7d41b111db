import type { VNode } from "preact";
import type { AssetKind } from "../../model/page-graph.ts";
import { iconPaths } from "../graph/kind-icons.ts";

export function KindIcon({ kind }: { readonly kind: AssetKind }): VNode {
  return (
    <svg class={`kind-icon ${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={iconPaths[kind]} />
    </svg>
  );
}
