import type { VNode } from "preact";
import { type ChangeMark, markSigns, markWords } from "../../model/change-marks.ts";

/** How an asset differs from the graph of the past: a sign in a color, and words for those who see neither. */
export function ChangeSign({ mark }: { readonly mark: ChangeMark }): VNode {
  return (
    <span class={`change ${mark}`} title={markWords[mark]}>
      <span aria-hidden="true">{markSigns[mark]}</span>
      <span class="unseen"> {markWords[mark]}</span>
    </span>
  );
}
