import type { VNode } from "preact";
import { type Staleness, staleWords } from "../../model/freshness.ts";

/** Says that an asset is not fresh: a filled clock if it is the cause, an empty one if the cause is upstream. */
export function FreshSign({ staleness }: { readonly staleness: Staleness }): VNode {
  const isCause = staleness.through === null;
  const words = isCause
    ? `It ${staleWords[staleness.reason]} in Dagster`
    : `Stale: an asset upstream ${staleWords[staleness.reason]}`;
  return (
    <span class={`fresh-sign ${isCause ? "error" : "warning"}`} title={words}>
      <span aria-hidden="true">{isCause ? "◕" : "◔"}</span>
      <span class="unseen"> {words}</span>
    </span>
  );
}
