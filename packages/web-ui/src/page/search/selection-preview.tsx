import { describeSelection, parseSelection } from "@dagster-sigma/asset-graph/selection";
import type { VNode } from "preact";
import { model } from "../state/page-data.ts";
import { assetsSelectedBy } from "./selection.ts";

/** What a selection would select, in words; null while it cannot be read. */
export function selectionPreview(text: string): VNode | null {
  const assets = text.trim() === "" ? null : assetsSelectedBy(text);
  if (assets === null) return null;
  const all = (model.value?.assets.length ?? 0).toLocaleString("en");
  return (
    <p class="selection-preview" role="status">
      <kbd>Enter</kbd> selects{" "}
      <strong>
        {assets.size.toLocaleString("en")} of {all}
      </strong>
      : <span class="muted">{describeSelection(parseSelection(text))}</span>
    </p>
  );
}
