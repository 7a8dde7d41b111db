import type { VNode } from "preact";
import { selectedIndex } from "../graph/graph-state.ts";
import { model } from "../state/page-data.ts";

/** Says to screen readers what is selected, however it came to be. */
export function Announcement(): VNode {
  const graph = model.value;
  const at = selectedIndex.value;
  const asset = at === null ? undefined : graph?.assets[at];
  const text =
    graph === null || at === null || asset === undefined
      ? ""
      : `${asset.name}, ${graph.kindOf(at).name}, fed by ${graph.index.upstream(at).length}, feeds ${graph.index.downstream(at).length}`;
  return (
    <p class="unseen" aria-live="polite">
      {text}
    </p>
  );
}
