import type { VNode } from "preact";
import type { PlacedCard } from "../../lineage/lineage.ts";
import { formatCount } from "../../model/format-count.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView } from "../state/view-state.ts";
import { columnWay, pointedColumn, selectedColumn } from "./lineage-state.ts";

/** The columns of a card. A click shows only the lineage of one. */
export function ColumnRows({ card }: { readonly card: PlacedCard }): VNode | null {
  const known = columns.value;
  const key = model.value?.assets[card.assets[0] ?? -1]?.key;
  if (known === null || key === undefined) return null;
  const onWay = columnWay.value;
  const { columns: listed, hidden } = card.rows;
  return (
    <ul class="lineage-columns" aria-label={`Columns of ${card.name}`}>
      {listed.map((column) => {
        const name = known.nameOf(column);
        const isSelected = selectedColumn.value === column;
        const { element, rest } = splitColumn(name);
        const sources = known.index.upstream(column).length;
        const computed = known.index.downstream(column).length;
        return (
          <li key={column}>
            <button
              type="button"
              class={`lineage-column${onWay === null ? "" : onWay.has(column) ? " on" : " off"}`}
              data-column={column}
              aria-pressed={isSelected}
              title={name}
              onClick={() => changeView({ asset: key, column: isSelected ? null : name, isTracing: false })}
              onPointerEnter={({ pointerType }) => {
                if (pointerType !== "touch") pointedColumn.value = column;
              }}
              onPointerLeave={() => {
                if (pointedColumn.value === column) pointedColumn.value = null;
              }}
              onFocus={({ currentTarget }) => {
                if (currentTarget.matches(":focus-visible")) pointedColumn.value = column;
              }}
              onBlur={() => {
                if (pointedColumn.value === column) pointedColumn.value = null;
              }}
            >
              {element !== "" && <span class="element">{element}/</span>}
              <span class="name">{rest}</span>
              <span class="unseen">
                {sources > 0 && `, computed from ${sources} ${sources === 1 ? "column" : "columns"}`}
                {computed > 0 && `, feeds ${computed} ${computed === 1 ? "column" : "columns"}`}
              </span>
            </button>
          </li>
        );
      })}
      {hidden > 0 && <li class="muted hidden-columns">and {formatCount(hidden)} more</li>}
    </ul>
  );
}

/** The name of a column of a document begins with that of its element: `Revenue by Region/Amount`. */
function splitColumn(name: string): { readonly element: string; readonly rest: string } {
  const at = name.lastIndexOf("/");
  return { element: name.slice(0, Math.max(0, at)), rest: name.slice(at + 1) };
}
