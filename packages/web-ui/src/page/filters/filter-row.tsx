import { computed } from "@preact/signals";
import type { VNode } from "preact";
import { filtersOf, setFilter } from "../../filters/edit-selection.ts";
import { type Filter, filters } from "../../filters/filter.ts";
import { formatCount } from "../../model/format-count.ts";
import { selectedAssets, selectionWords } from "../search/selection.ts";
import { model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { FilterChip } from "./filter-chip.tsx";

const names: Readonly<Record<Filter, string>> = {
  kind: "Kind",
  folder: "Folder",
  owner: "Owner",
  problem: "Problems",
  changed: "Changed",
};

const chosen = computed(() => filtersOf(view.value.selection));

/** Filters that write the selection for people who do not know its syntax, and what it selects in words. */
export function FilterRow(): VNode | null {
  const graph = model.value;
  if (graph === null || graph.assets.length === 0) return null;
  return (
    <section class="filter-row" aria-label="Filters">
      {filters.map((filter) => (
        <FilterChip
          key={filter}
          filter={filter}
          name={names[filter]}
          chosen={chosen.value?.get(filter) ?? []}
          onChange={(values) =>
            changeView({
              selection: setFilter(view.value.selection, filter, values),
              focus: null,
              isTracing: false,
            })
          }
        />
      ))}
      <p role="status" class="explanation">
        <Explanation />
      </p>
    </section>
  );
}

function Explanation(): VNode | null {
  const graph = model.value;
  const selected = selectedAssets.value;
  if (graph === null || selected === null) return null;
  const count = formatCount(selected.size);
  return (
    <>
      <strong>
        {count} of {formatCount(graph.assets.length)}
      </strong>{" "}
      <span class="muted">{selectionWords.value}</span>
      <button
        type="button"
        class="quiet"
        onClick={() => changeView({ selection: "", focus: null, isTracing: false })}
      >
        Select everything
      </button>
    </>
  );
}
