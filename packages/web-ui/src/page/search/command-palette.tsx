import { computed, effect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { revealAsset } from "../graph/graph-actions.ts";
import { KindIcon } from "../panels/kind-icon.tsx";
import { nextTask } from "../state/next-task.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { closePalette, isPaletteOpen, wantedQuery } from "./palette-state.ts";
import { type Found, SearchIndex } from "./search-index.ts";

const index = computed(() => (model.value === null ? null : new SearchIndex(model.value, columns.value)));

// Made while nobody waits for it. Columns come last.
effect(() => {
  if (columns.value !== null) void nextTask().then(() => index.value);
});

/** Finds anything by a few letters: opens with Ctrl-K. */
export function CommandPalette(): VNode | null {
  return isPaletteOpen.value ? <Palette /> : null;
}

function Palette(): VNode {
  const [query, setQuery] = useState(wantedQuery.value);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  // Before the next key comes.
  useLayoutEffect(() => input.current?.focus(), []);
  const found = index.value?.find(query) ?? [];
  const choose = (chosen: Found | undefined): void => {
    if (chosen !== undefined) show(chosen);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter") choose(found[at]);
    else if (event.key === "Escape") closePalette();
    else if (event.key !== "Tab") return;
    event.preventDefault();
  };
  return (
    <div
      class="palette-backdrop"
      onClick={({ target, currentTarget }) => target === currentTarget && closePalette()}
    >
      <div class="palette" role="dialog" aria-modal="true" aria-label="Find">
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls="palette-list"
          aria-activedescendant={found.length > 0 ? `palette-${at}` : undefined}
          aria-label="Name, folder, owner, table or column"
          placeholder="Name, folder, owner, table or column"
          autocomplete="off"
          spellcheck={false}
          value={query}
          onInput={({ currentTarget }) => {
            setQuery(currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id="palette-list" role="listbox" aria-label="Found">
          {found.map((each, index) => (
            <Entry
              key={each.type === "asset" ? `a${each.asset}` : `c${each.column}`}
              found={each}
              id={`palette-${index}`}
              isCurrent={index === at}
              onChoose={() => choose(each)}
            />
          ))}
        </div>
        {query !== "" && found.length === 0 && <p class="muted">Nothing has this in its name.</p>}
        <p class="palette-help muted">↑ ↓ to choose, Enter to go there, Esc to close</p>
      </div>
    </div>
  );
}

function Entry(props: {
  readonly found: Found;
  readonly id: string;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}): VNode | null {
  const { found, id, isCurrent } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) element.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const graph = model.value;
  const asset = graph?.assets[found.asset];
  if (graph === null || asset === undefined) return null;
  return (
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={isCurrent}
      class="palette-entry"
      onClick={props.onChoose}
    >
      {found.type === "asset" ? (
        <>
          <KindIcon kind={graph.kindOf(found.asset)} />
          <span class="name">{asset.name}</span>
          <span class="muted">{[...asset.folder, ...asset.owners.slice(0, 1)].join(" / ")}</span>
        </>
      ) : (
        <>
          <span class="column-mark">▪</span>
          <span class="name">{columns.value?.nameOf(found.column)}</span>
          <span class="muted">column of {asset.name}</span>
        </>
      )}
    </div>
  );
}

function show(found: Found): void {
  const key = model.value?.assets[found.asset]?.key;
  closePalette();
  if (key === undefined) return;
  const column = found.type === "column" ? (columns.value?.nameOf(found.column) ?? null) : null;
  // Whoever asks for an impact stays with it.
  if (view.value.tab === "impact") changeView({ asset: key, column });
  else revealAsset(key, column);
  if (view.value.tab === "graph") document.querySelector<HTMLElement>(".graph-canvas")?.focus();
}
