import { completeSelection, type SelectionCompletion } from "@dagster-sigma/asset-graph/selection";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { changeView, view } from "../state/view-state.ts";
import { openPalette } from "./palette-state.ts";
import { otherCase, selectedAssets, selectionProblem, vocabulary } from "./selection.ts";

/** So many completions are offered at once. */
const mostOffered = 12;

interface Offer {
  readonly completions: readonly SelectionCompletion[];
  readonly start: number;
  readonly end: number;
}

const nothing: Offer = { completions: [], start: 0, end: 0 };

/** A selection in Dagster's syntax: completed while it is written, with what is wrong with it at the place where it is. */
export function SelectionBox(): VNode {
  const current = view.value.selection;
  const [text, setText] = useState(current);
  const [offer, setOffer] = useState(nothing);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(current), [current]);
  const complete = (): void => {
    setAt(-1);
    const field = input.current;
    const words = vocabulary.value;
    if (field === null || words === null) return;
    const cursor = field.selectionStart ?? field.value.length;
    const { range, completions } = completeSelection(field.value, cursor, words, { limit: mostOffered });
    setOffer({ completions: completions.slice(0, mostOffered), start: range.start, end: range.end });
  };
  const take = ({ text: words }: SelectionCompletion): void => {
    const next = text.slice(0, offer.start) + words + text.slice(offer.end);
    setText(next);
    setAt(-1);
    setOffer(nothing);
    requestAnimationFrame(() => {
      const cursor = offer.start + words.length;
      input.current?.focus();
      input.current?.setSelectionRange(cursor, cursor);
      complete();
    });
  };
  const apply = (wanted: string): void => {
    setOffer(nothing);
    changeView({ selection: wanted.trim(), focus: null, isTracing: false });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { completions } = offer;
    const chosen = completions[at];
    if (event.key === "ArrowDown" && completions.length > 0) setAt(Math.min(completions.length - 1, at + 1));
    else if (event.key === "ArrowUp" && completions.length > 0) setAt(Math.max(-1, at - 1));
    else if ((event.key === "Enter" || event.key === "Tab") && chosen !== undefined) take(chosen);
    else if (event.key === "Escape" && completions.length > 0) setOffer(nothing);
    else return;
    event.preventDefault();
  };
  return (
    <search class="selection-box">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply(text);
        }}
      >
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Selection, in Dagster's syntax"
          aria-expanded={offer.completions.length > 0}
          aria-controls="selection-completions"
          aria-activedescendant={at < 0 ? undefined : `completion-${at}`}
          aria-invalid={selectionProblem.value !== null}
          aria-describedby="selection-problem"
          placeholder='Select: kind:workbook and owner:"…", or key:"sales"+2'
          spellcheck={false}
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            complete();
            if (currentTarget.value === "") changeView({ selection: "" });
          }}
          onFocus={complete}
          onBlur={() => setOffer(nothing)}
          onKeyDown={onKeyDown}
        />
        {selectedAssets.value !== null && <span class="muted count">{selectedAssets.value.size} assets</span>}
        {current !== "" && (
          <button type="button" class="quiet" aria-label="Select everything again" onClick={() => apply("")}>
            ✕
          </button>
        )}
      </form>
      {offer.completions.length > 0 && (
        <div id="selection-completions" class="completions" role="listbox" aria-label="Completions">
          {offer.completions.map((completion, index) => (
            <div
              key={completion.label}
              id={`completion-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => {
                event.preventDefault();
                take(completion);
              }}
            >
              <span>{completion.label}</span>
              <span class="muted">{completion.detail}</span>
            </div>
          ))}
        </div>
      )}
      <Problem />
    </search>
  );
}

/** What is wrong with the selection, under the place where it is; or why it selects nothing. */
function Problem(): VNode {
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
          <button type="button" onClick={() => openPalette(lastWord(selection))}>
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

/** What somebody may have looked for: the last value of a selection, without quotes and stars. */
function lastWord(selection: string): string {
  const [, quoted, bare] = /"([^"]*)"[^"]*$|([^\s:"]+)$/.exec(selection) ?? [];
  return (quoted ?? bare ?? selection).replaceAll("*", "");
}
