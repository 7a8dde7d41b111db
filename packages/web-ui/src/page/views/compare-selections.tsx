import { computed } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { formatCount } from "../../model/format-count.ts";
import { evaluateText, selectedAssets } from "../search/selection.ts";
import { model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

const otherText = computed(() => view.value.other);
const other = computed(() => (otherText.value === "" ? null : evaluateText(otherText.value)));

/** What the second selection selects; null without one, or if it cannot be read. */
export const otherAssets = computed(() => other.value?.assets ?? null);

/** A second selection, and how many assets only one of the two has. */
export function CompareSelections(): VNode {
  const text = otherText.value;
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const problem = other.value?.problem ?? null;
  return (
    <form
      class="compare-selections"
      onSubmit={(event) => {
        event.preventDefault();
        changeView({ other: typed.trim(), rows: typed.trim() === "" ? "" : "selectedBy" });
      }}
    >
      <label>
        Compare with the selection{" "}
        <input
          type="text"
          placeholder={'for example column:"AMOUNT"+'}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <button type="submit">Compare</button>
      {text !== "" && (
        <button type="button" class="quiet" onClick={() => changeView({ other: "", rows: "" })}>
          Only the first
        </button>
      )}
      {problem !== null && (
        <span role="alert" class="error">
          {problem.message} {problem.hint}
        </span>
      )}
      <span role="status">
        <Counts />
      </span>
    </form>
  );
}

function Counts(): VNode | null {
  const graph = model.value;
  const second = otherAssets.value;
  if (graph === null || second === null) return null;
  const first = selectedAssets.value;
  const firstSize = first?.size ?? graph.assets.length;
  const both = first === null ? second.size : [...second].filter((asset) => first.has(asset)).length;
  return (
    <>
      {formatCount(firstSize - both)} only in the first{first === null && " (everything)"},{" "}
      {formatCount(second.size - both)} only in the second, {formatCount(both)} in both
    </>
  );
}
