import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { changeView, view } from "../state/view-state.ts";
import { selectedAssets, selectionProblem } from "./selection.ts";

/** A selection in Dagster's syntax, with what is wrong with it under the place where it is. */
export function SelectionBox(): VNode {
  const [text, setText] = useState(view.value.selection);
  const current = view.value.selection;
  useEffect(() => setText(current), [current]);
  const problem = selectionProblem.value;
  const apply = (): void => changeView({ selection: text.trim(), focus: null, isTracing: false });
  return (
    <form
      class="selection-box"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <input
        type="search"
        aria-label="Selection, in Dagster's syntax"
        aria-invalid={problem !== null}
        aria-describedby="selection-problem"
        placeholder='Select: kind:workbook and owner:"…", +key:"sales"+2'
        spellcheck={false}
        autocomplete="off"
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          if (currentTarget.value === "") changeView({ selection: "" });
        }}
      />
      {selectedAssets.value !== null && <span class="muted count">{selectedAssets.value.size}</span>}
      <div id="selection-problem" role="alert">
        {problem !== null && current !== "" && (
          <div class="selection-problem">
            <pre>
              {current.slice(0, problem.start)}
              <mark>{current.slice(problem.start, Math.max(problem.end, problem.start + 1)) || " "}</mark>
              {current.slice(Math.max(problem.end, problem.start + 1))}
            </pre>
            {problem.message} {problem.hint}
          </div>
        )}
      </div>
    </form>
  );
}
