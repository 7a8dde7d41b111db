import type { VNode } from "preact";
import { counted } from "../../model/format-count.ts";
import { liveDiff, openedId } from "../state/comparison.ts";
import { changeView } from "../state/view-state.ts";

/** Says for a while what a change that arrived while the page is open has changed. */
export function LiveChanges(): VNode | null {
  const diff = liveDiff.value?.diff;
  if (diff === undefined) return null;
  const { added, removed, changed } = diff;
  const count = added.length + removed.length + changed.length;
  if (count === 0) return null;
  return (
    <p class="live-changes" role="status">
      {counted(count, "asset")} changed just now ({added.length} added, {removed.length} removed).{" "}
      <button type="button" onClick={() => changeView({ tab: "changes", since: openedId })}>
        What changed
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Close this message"
        onClick={() => (liveDiff.value = null)}
      >
        ✕
      </button>
    </p>
  );
}
