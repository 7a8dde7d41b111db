import type { VNode } from "preact";
import { formatCount } from "../../model/format-count.ts";
import { model } from "../state/page-data.ts";
import { evaluateText } from "./selection.ts";

/** What a selection would select, in words; null while it cannot be read. */
export function selectionPreview(text: string): VNode | null {
  const { assets, words } = evaluateText(text);
  if (assets === null) return null;
  const all = formatCount(model.value?.assets.length ?? 0);
  return (
    <p class="selection-preview" role="status">
      <kbd>Enter</kbd> selects{" "}
      <strong>
        {formatCount(assets.size)} of {all}
      </strong>
      : <span class="muted">{words}</span>
    </p>
  );
}
