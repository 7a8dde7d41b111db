import type { VNode } from "preact";
import { kindNames } from "../../model/kind-names.ts";
import type { AssetKind } from "../../model/page-graph.ts";
import { KindIcon } from "../panels/kind-icon.tsx";
import { picture } from "../state/picture.ts";

/** What colours and icons mean, of the kinds that are there. */
export function Legend(): VNode | null {
  const current = picture.value;
  if (current === null) return null;
  const kinds = new Set(current.assets.map((asset) => current.model.asset(asset).kind));
  return (
    <ul class="legend" aria-label="Legend">
      {(Object.keys(kindNames) as AssetKind[])
        .filter((kind) => kinds.has(kind))
        .map((kind) => (
          <li key={kind}>
            <KindIcon kind={kind} /> {kindNames[kind]}
          </li>
        ))}
      <li>
        <span class="swatch upstream" /> feeds it
      </li>
      <li>
        <span class="swatch downstream" /> is fed by it
      </li>
    </ul>
  );
}
