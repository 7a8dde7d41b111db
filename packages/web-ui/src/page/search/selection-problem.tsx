import type { VNode } from "preact";
import { changeView, view } from "../state/view-state.ts";
import { otherCase, selectedAssets, selectionProblem } from "./selection.ts";

/** What is wrong with the selection, under the place where it is; or why it selects nothing. */
export function SelectionProblem({ onFind }: { readonly onFind: (text: string) => void }): VNode {
  const { selection } = view.value;
  const problem = selectionProblem.value;
  const other = otherCase.value;
  return (
    <div id="selection-problem" role="alert">
      {problem !== null && selection !== "" && (
        <div class="selection-problem">
          <pre>
            {selection.slice(0, problem.start)}
            <mark>{selection.slice(problem.start, Math.max(problem.end, problem.start + 1)) || " "}</mark>
            {selection.slice(Math.max(problem.end, problem.start + 1))}
          </pre>
          {problem.message} {problem.hint}
        </div>
      )}
      {other === null && problem === null && selectedAssets.value?.size === 0 && (
        <div class="selection-problem">
          Nothing is selected. Names are found by their letters:{" "}
          <button type="button" onClick={() => onFind(lastWord(selection))}>
            Find “{lastWord(selection)}”
          </button>
        </div>
      )}
      {other !== null && (
        <div class="selection-problem">
          Nothing is selected: case counts.{" "}
          <button type="button" onClick={() => changeView({ selection: other })}>
            {other}
          </button>
        </div>
      )}
    </div>
  );
}

/** What the user may have looked for: the last value of a selection, without quotes and stars. */
function lastWord(selection: string): string {
  const [, quoted, bare] = /"([^"]*)"[^"]*$|([^\s:"]+)$/.exec(selection) ?? [];
  return (quoted ?? bare ?? selection).replaceAll("*", "");
}
