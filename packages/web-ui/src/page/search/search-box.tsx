import { completeSelection } from "@dagster-sigma/asset-graph/selection";
import { computed, effect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { nextTask } from "../state/next-task.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { FoundEntry, idOfFound } from "./found-entry.tsx";
import { isSelection } from "./is-selection.ts";
import { focusSearch, setSearchBox } from "./search-focus.ts";
import { type Found, SearchIndex } from "./search-index.ts";
import { selectionProblem, vocabulary } from "./selection.ts";
import { selectionPreview } from "./selection-preview.tsx";
import { SelectionProblem } from "./selection-problem.tsx";

/** Number of completions that are offered at once. */
const mostOffered = 12;

const index = computed(() => (model.value === null ? null : new SearchIndex(model.value, columns.value)));

// Made while nothing waits for it. Columns come last.
effect(() => {
  if (columns.value !== null) void nextTask().then(() => index.value);
});

/** What the list below the box offers. */
interface Offer {
  readonly id: string;
  readonly content: VNode;
  /** Text of the box if it is taken; null if something is shown instead. */
  readonly text: string | null;
  /** Place of the cursor in the text. */
  readonly cursor: number;
  readonly found: Found | null;
}

/**
 * One box for words, which find assets, columns, folders and owners, and for selections in Dagster's syntax.
 *
 * @param props.onFound shows what was found
 */
export function SearchBox({ onFound }: { readonly onFound: (found: Found) => void }): VNode {
  const current = view.value.selection;
  const [text, setText] = useState(current);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(current), [current]);
  useEffect(() => {
    setSearchBox(input.current, (filled) => {
      setText(filled);
      setOpen(true);
    });
    return () => setSearchBox(null, () => undefined);
  }, []);
  const words = isSelection(text);
  const offers = !isOpen
    ? []
    : words
      ? completions(text, input.current?.selectionStart ?? text.length)
      : found(text);
  // Enter takes the first thing that is found, but applies a selection as it is.
  const chosenAt = at < 0 && !words ? 0 : at;
  const take = ({ text: next, cursor, found: shown }: Offer): void => {
    setAt(-1);
    if (shown !== null) {
      setOpen(false);
      setText(current);
      input.current?.blur();
      onFound(shown);
    } else if (next !== null) {
      setText(next);
      requestAnimationFrame(() => input.current?.setSelectionRange(cursor, cursor));
    }
  };
  const apply = (selection: string): void => {
    setOpen(false);
    changeView({ selection: selection.trim(), focus: null, isTracing: false });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = offers[chosenAt];
    if (event.key === "ArrowDown" && offers.length > 0) setAt(Math.min(offers.length - 1, chosenAt + 1));
    else if (event.key === "ArrowUp" && offers.length > 0) setAt(Math.max(words ? -1 : 0, chosenAt - 1));
    else if (event.key === "Enter" && chosen !== undefined) take(chosen);
    else if (event.key === "Tab" && chosen !== undefined && isOpen && !event.shiftKey) {
      if (chosen.found === null) take(chosen);
      else setText(nameOf(chosen.found));
    } else if (event.key === "Escape") {
      if (isOpen && offers.length > 0) setOpen(false);
      else {
        setText(current);
        input.current?.blur();
      }
    } else return;
    event.preventDefault();
  };
  const looksFor = isOpen && !words && text.trim() !== "" && text !== current && offers.length === 0;
  const preview = isOpen && words && text !== current ? selectionPreview(text) : null;
  const isListed = offers.length > 0 || looksFor || preview !== null;
  return (
    <search class="search-box">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (words || text.trim() === "") apply(text);
        }}
      >
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Find, or select in Dagster's syntax"
          aria-expanded={offers.length > 0}
          aria-controls="search-list"
          aria-activedescendant={offers[chosenAt] === undefined ? undefined : `search-${chosenAt}`}
          aria-invalid={selectionProblem.value !== null}
          aria-describedby="selection-problem"
          placeholder='Find an asset, column, folder or owner, or select: kind:workbook and owner:"…"'
          spellcheck={false}
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setAt(-1);
            setOpen(true);
            if (currentTarget.value === "" && current !== "") changeView({ selection: "" });
          }}
          onFocus={() => setOpen(text !== "")}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {text === "" && <kbd aria-hidden="true">Ctrl K</kbd>}
        {current !== "" && (
          <button type="button" class="quiet" aria-label="Select everything again" onClick={() => apply("")}>
            ✕
          </button>
        )}
      </form>
      {isListed && (
        <div class="search-list">
          {preview}
          {offers.length > 0 && (
            <div id="search-list" role="listbox" aria-label={words ? "Completions" : "Found"}>
              {offers.map((offer, place) => (
                <div
                  key={offer.id}
                  id={`search-${place}`}
                  role="option"
                  class="search-entry"
                  aria-selected={place === chosenAt}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    take(offer);
                  }}
                >
                  {offer.content}
                </div>
              ))}
            </div>
          )}
          {looksFor && (
            <p class="muted" role="status">
              Nothing has “{text.trim()}” in its name, folder, owner or columns.
            </p>
          )}
        </div>
      )}
      <SelectionProblem onFind={focusSearch} />
    </search>
  );
}

function completions(text: string, cursor: number): readonly Offer[] {
  const known = vocabulary.value;
  if (known === null) return [];
  const { range, completions: all } = completeSelection(text, cursor, known, { limit: mostOffered });
  return all.slice(0, mostOffered).map(({ text: words, label, detail }) => ({
    id: label,
    content: (
      <>
        <span class="name">{label}</span>
        <span class="muted">{detail}</span>
      </>
    ),
    text: text.slice(0, range.start) + words + text.slice(range.end),
    cursor: range.start + words.length,
    found: null,
  }));
}

function found(text: string): readonly Offer[] {
  return (index.value?.find(text) ?? []).map((each) => ({
    id: idOfFound(each),
    content: <FoundEntry found={each} />,
    text: null,
    cursor: 0,
    found: each,
  }));
}

function nameOf(found: Found): string {
  switch (found.type) {
    case "asset":
      return model.value?.assets[found.asset]?.name ?? "";
    case "column":
      return columns.value?.nameOf(found.column) ?? "";
    case "columns":
      return found.columns.map((column) => columns.value?.nameOf(column) ?? "").join(", ");
    case "folder":
      return found.path.at(-1) ?? "";
    case "owner":
      return found.owner;
  }
}
