import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { formatCount } from "../../model/format-count.ts";
import { compareNames } from "../../overview/place-tree.ts";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { model } from "../state/page-data.ts";
import { listedBox, openAsset } from "./overview-state.ts";

/** Number of assets that are listed at once; the filter finds the others. */
const mostListed = 200;

/** The assets of a box that stands for many, with a filter. */
export function AssetsList(): VNode | null {
  return listedBox.value === null ? null : <List key={listedBox.value.id} />;
}

function List(): VNode | null {
  const [filter, setFilter] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const graph = model.value;
  const box = listedBox.value;
  if (graph === null || box === null) return null;
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = box.assets
    .filter((asset) => {
      const { name = "", folder = [] } = graph.assets[asset] ?? {};
      const text = `${name} ${folder.join(" ")}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => compareNames(graph.asset(a).name, graph.asset(b).name));
  const kinds = new Set(box.assets.map((asset) => graph.kindOf(asset).plural));
  const noun = kinds.size === 1 ? [...kinds].join().toLowerCase() : "assets";
  const title = `${formatCount(box.assets.length)} ${noun}${box.path.length === 0 ? "" : ` in ${box.path.join(" / ")}`}`;
  return (
    <div
      class="assets-list"
      role="dialog"
      aria-label={title}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") listedBox.value = null;
      }}
    >
      <header>
        <h2>{title}</h2>
        <button
          type="button"
          class="quiet"
          aria-label="Close the list"
          onClick={() => (listedBox.value = null)}
        >
          ✕
        </button>
      </header>
      <input
        ref={input}
        type="search"
        aria-label="Filter by name or folder"
        placeholder="Filter by name or folder"
        value={filter}
        onInput={({ currentTarget }) => setFilter(currentTarget.value)}
      />
      <ul>
        {found.slice(0, mostListed).map((asset) => (
          <li key={asset}>
            <button type="button" class="asset-link" onClick={() => openAsset(asset)}>
              <KindIcon kind={graph.kindOf(asset)} />
              <span class="name">{graph.asset(asset).name}</span>
              <span class="muted">{graph.asset(asset).folder.join(" / ")}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > mostListed && (
        <p class="muted">{formatCount(found.length - mostListed)} more: type a part of the name</p>
      )}
      {found.length === 0 && <p class="muted">No asset has this in its name or folder.</p>}
    </div>
  );
}
