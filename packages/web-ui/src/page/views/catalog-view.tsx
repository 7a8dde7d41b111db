import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GraphModel } from "../../model/graph-model.ts";
import { download } from "../pieces/download.ts";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { selectedAssets } from "../search/selection.ts";
import { model } from "../state/page-data.ts";
import { changeView, selectAsset, view } from "../state/view-state.ts";
import {
  type CatalogColumn,
  catalogColumns,
  catalogCsv,
  catalogRows,
  selectedByColumn,
} from "./catalog-rows.ts";
import { ColumnChoice } from "./column-choice.tsx";
import { CompareSelections, otherAssets } from "./compare-selections.tsx";

/** Height of a row in pixels, as the style sheet has it. */
const wideRowHeight = 34;
/** The same of a row on a small screen, which is a card of two lines. */
const cardHeight = 58;
/** Below this width, in pixels, rows are cards. */
const narrowWidth = 640;
/** Rows above and below those on the screen. */
const spare = 12;

const groupings = ["", "kind", "folder", "owner", "selectedBy"] as const;

/** All assets as a table: sorted, filtered, grouped. Only the rows on the screen are written. */
export function CatalogView(): VNode | null {
  const graph = model.value;
  return graph === null ? null : <Table graph={graph} />;
}

function Table({ graph }: { readonly graph: GraphModel }): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [{ width, height }, setSize] = useState({ width: narrowWidth, height: 700 });
  const isNarrow = width < narrowWidth;
  const rowHeight = isNarrow ? cardHeight : wideRowHeight;
  const first = selectedAssets.value;
  const { filter, sort, rows: rowsBy, hidden } = view.value;
  const second = otherAssets.value;
  const selected = useMemo(
    () => (first === null || second === null ? first : new Set([...first, ...second])),
    [first, second],
  );
  const all = useMemo(
    () => (second === null ? catalogColumns : [...catalogColumns, selectedByColumn(first, second)]),
    [first, second],
  );
  const columns = all.filter(({ id }) => id === "name" || !hidden.includes(id));
  const isDescending = sort.startsWith("-");
  const by = all.find(({ id }) => id === sort.replace("-", ""))?.id ?? "name";
  const grouping = groupings.find((name) => name === rowsBy) ?? "";
  const rows = useMemo(
    () => catalogRows(graph, { selected, filter, by, isDescending, grouping, columns: all }),
    [graph, selected, filter, by, isDescending, grouping, all],
  );
  useEffect(() => {
    if (scroller.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize(entry.contentRect);
    });
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  // There may be fewer rows than when it was scrolled.
  const scrolled = Math.min(top, Math.max(0, rows.length * rowHeight - height));
  const start = Math.max(0, Math.floor(scrolled / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((scrolled + height) / rowHeight) + spare);
  const assets = rows.reduce((sum, row) => sum + (row.type === "asset" ? 1 : 0), 0);
  return (
    <div class={`page-view catalog${isNarrow ? " narrow" : ""}`}>
      <header>
        <h1>
          Catalog <span class="muted">{assets}</span>
        </h1>
        <input
          type="search"
          placeholder="Filter by name, folder, owner, kind"
          aria-label="Filter the catalog"
          value={filter}
          onInput={({ currentTarget }) => changeView({ filter: currentTarget.value }, { isMinor: true })}
        />
        <label>
          Group by{" "}
          <select
            value={grouping}
            onChange={({ currentTarget }) => changeView({ rows: currentTarget.value })}
          >
            <option value="">nothing</option>
            <option value="kind">kind</option>
            <option value="folder">folder</option>
            <option value="owner">owner</option>
            {second !== null && <option value="selectedBy">selection</option>}
          </select>
        </label>
        <ColumnChoice columns={all} hidden={hidden} />
        <button type="button" onClick={() => download("catalog.csv", catalogCsv(graph, rows, columns))}>
          Save as CSV
        </button>
      </header>
      <CompareSelections />
      {rows.length === 0 && <p class="hint">No asset has all of these words.</p>}
      <section
        class="scroller"
        ref={scroller}
        tabIndex={0}
        aria-label="Rows of the catalog"
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      >
        <table class="list fixed" aria-rowcount={rows.length}>
          <thead>
            <tr>
              {columns.map(({ id, title }) => (
                <th
                  key={id}
                  scope="col"
                  class={`in-${id}`}
                  aria-sort={by === id ? (isDescending ? "descending" : "ascending") : "none"}
                >
                  <button
                    type="button"
                    class="quiet"
                    onClick={() => changeView({ sort: by === id && !isDescending ? `-${id}` : id })}
                  >
                    {title} {by === id ? (isDescending ? "▾" : "▴") : ""}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer height={start * rowHeight} />
            {rows.slice(start, last).map((row, at) =>
              row.type === "group" ? (
                <tr key={`group ${row.name}`} class="group-row" aria-rowindex={start + at + 1}>
                  <th colSpan={columns.length} scope="rowgroup">
                    {row.name} <span class="muted">{row.count}</span>
                  </th>
                </tr>
              ) : (
                <Row key={row.asset} graph={graph} columns={columns} asset={row.asset} at={start + at + 1} />
              ),
            )}
            <Spacer height={(rows.length - last) * rowHeight} />
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Stands for rows that are not written. */
function Spacer({ height }: { readonly height: number }): VNode {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (row.current !== null) row.current.style.height = `${height}px`;
  }, [height]);
  return <tr ref={row} class="spacer" />;
}

function Row(props: {
  readonly graph: GraphModel;
  readonly columns: readonly CatalogColumn[];
  readonly asset: number;
  readonly at: number;
}): VNode {
  const { graph, columns, asset } = props;
  const { key, name, folder, owners } = graph.asset(asset);
  const isSelected = view.value.asset === key;
  return (
    <tr aria-selected={isSelected} aria-rowindex={props.at}>
      {columns.map(({ id, text }) => (
        <td key={id} class={`in-${id}${id === "problem" ? ` ${text(graph, asset)}` : ""}`}>
          {id === "name" ? (
            <>
              <button type="button" class="asset-link" onClick={() => selectAsset(key)}>
                <KindIcon kind={graph.kindOf(asset)} />
                <span class="name">{name}</span>
              </button>
              <span class="card-line">
                {[folder.join(" / "), owners.join(", "), graph.problemOf(asset)].filter(Boolean).join(" · ")}
              </span>
            </>
          ) : (
            text(graph, asset)
          )}
        </td>
      ))}
    </tr>
  );
}
