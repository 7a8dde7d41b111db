import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { SomeOf } from "../pieces/some-of.tsx";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";

/** Number of rows that are shown at first. */
const shownAtFirst = 200;

/** The columns of an asset; a click lights up what a column is computed from and what is computed from it. */
export function ColumnList({
  asset,
  formulas,
}: {
  readonly asset: number;
  /** What each is computed by, by name. Default: not shown. */
  readonly formulas?: ReadonlyMap<string, string>;
}): VNode {
  const [filter, setFilter] = useState("");
  const known = columns.value;
  if (known === null) return <p class="muted">Columns are being loaded …</p>;
  const all = known.columnsOf(asset);
  const wanted = filter.trim().toLowerCase();
  const found =
    wanted === "" ? all : all.filter((column) => known.nameOf(column).toLowerCase().includes(wanted));
  const key = model.value?.asset(asset).key ?? "";
  return (
    <div class="column-list">
      {all.length > 12 && (
        <input
          type="search"
          placeholder={`Find one of ${all.length} columns`}
          aria-label="Find a column"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
      )}
      <SomeOf things={found} first={shownAtFirst} keyOf={(column) => column}>
        {(column) => {
          const name = known.nameOf(column);
          const isSelected = view.value.asset === key && view.value.column === name;
          const reached = known.index.downstream(column).length;
          return (
            <>
              <button
                type="button"
                class="column"
                aria-pressed={isSelected}
                onClick={() => changeView({ asset: key, column: isSelected ? null : name, isTracing: false })}
              >
                <span class="name">{name}</span>
                <span class="type">{known.typeOf(column)}</span>
                {reached > 0 && (
                  <span class="reach" title={`${reached} columns are computed from it directly`}>
                    → {reached}
                  </span>
                )}
              </button>
              {formulas?.get(name) !== undefined && <code class="formula">{formulas.get(name)}</code>}
            </>
          );
        }}
      </SomeOf>
      {found.length === 0 && <p class="muted">No column has this in its name.</p>}
    </div>
  );
}
