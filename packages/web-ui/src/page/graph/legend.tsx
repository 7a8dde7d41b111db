import type { VNode } from "preact";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { picture } from "./picture.ts";

/** What colors and icons mean, for the kinds in the picture. */
export function Legend(): VNode | null {
  const current = picture.value;
  if (current === null) return null;
  const { assets, model } = current;
  const drawn = new Set(assets.map((asset) => model.kindOf(asset).id));
  return (
    <ul class="legend" aria-label="Legend">
      {model.graph.kinds
        .filter(({ id }) => drawn.has(id))
        .map((kind) => (
          <li key={kind.id}>
            <KindIcon kind={kind} /> {kind.name}
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
