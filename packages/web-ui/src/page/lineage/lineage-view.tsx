import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Lineage, LineageLayer } from "../../lineage/lineage.ts";
import { counted, formatCount } from "../../model/format-count.ts";
import { useDragToScroll } from "../pictures/drag-to-scroll.ts";
import { useMeasuredSize } from "../pictures/measured-size.ts";
import { SavePicture } from "../pieces/save-picture.tsx";
import { SearchIndex } from "../search/search-index.ts";
import { columns, model } from "../state/page-data.ts";
import { changeView, view } from "../state/view-state.ts";
import { ColumnFormula } from "./column-formula.tsx";
import { LineageCardView } from "./lineage-card.tsx";
import { onLineageKey } from "./lineage-keys.ts";
import { LineageLines } from "./lineage-lines.tsx";
import { centerOn, lineage, lineageSize, openedFolder, pointedCard, pointedColumn } from "./lineage-state.ts";

/** What feeds one asset and what reads it, in layers. Nothing is scaled: what does not fit is counted. */
export function LineageView(): VNode {
  const frame = useRef<HTMLDivElement>(null);
  useMeasuredSize(frame, lineageSize);
  useDragToScroll(frame);
  useEffect(
    () => () => {
      pointedCard.value = null;
      pointedColumn.value = null;
    },
    [],
  );
  const current = lineage.value;
  const key = view.value.focus?.key ?? "";
  // The asset stands in the middle.
  useEffect(() => {
    const card = frame.current?.querySelector<HTMLElement>(".lineage-node.center .lineage-card");
    card?.scrollIntoView({ block: "center", inline: "center" });
  }, [key, current?.width, current?.height]);
  const center = current === null ? null : (model.value?.asset(current.center) ?? null);
  return (
    <section class="lineage" aria-label={center === null ? "Lineage" : `Lineage of ${center.name}`}>
      <div class="lineage-head">
        <button type="button" onClick={() => changeView({ focus: null, asset: null, column: null })}>
          ← Everything
        </button>
        {current !== null && center !== null && (
          <p role="status">
            <strong>{center.name}</strong> · fed by {counted(current.upstream, "asset")} · feeds{" "}
            {counted(current.downstream, "asset")}
            {current.passingBy > 0 && (
              <span class="muted">
                {" "}
                ·{" "}
                {current.passingBy === 1
                  ? "1 connection passes"
                  : `${formatCount(current.passingBy)} connections pass`}{" "}
                it by
              </span>
            )}
          </p>
        )}
        {current !== null && (
          <>
            <Steps
              label="Steps up"
              shown={current.up}
              chosen={view.value.stepsUp}
              onChange={(stepsUp) => changeView({ stepsUp })}
            />
            <Steps
              label="Steps down"
              shown={current.down}
              chosen={view.value.stepsDown}
              onChange={(stepsDown) => changeView({ stepsDown })}
            />
          </>
        )}
        {current !== null && (
          <button
            type="button"
            aria-pressed={view.value.hasColumns}
            disabled={columns.value === null}
            onClick={() => changeView({ hasColumns: !view.value.hasColumns })}
          >
            Columns
          </button>
        )}
        {openedFolder.value !== null && (
          <button type="button" onClick={() => (openedFolder.value = null)}>
            Close the folder
          </button>
        )}
        {center !== null && <SavePicture of=".lineage-stage" name={`lineage of ${center.name}`} />}
      </div>
      <div ref={frame} class="lineage-frame" onKeyDown={onLineageKey}>
        {current !== null && (
          <div class="lineage-stage" style={{ width: `${current.width}px`, height: `${current.height}px` }}>
            <LineageLines />
            <div class="lineage-heads">
              {current.layers.map(({ layer, x }) => (
                <h2 key={layer} id={`layer-${layer}`} style={{ left: `${x}px` }}>
                  {headingOf(layer)}
                </h2>
              ))}
            </div>
            {current.layers.map((layer) => (
              <Layer key={layer.layer} current={current} layer={layer} />
            ))}
          </div>
        )}
        {current === null && model.value !== null && lineageSize.value !== null && <Gone assetKey={key} />}
      </div>
      {view.value.hasColumns && <ColumnFormula />}
    </section>
  );
}

function Layer({ current, layer }: { readonly current: Lineage; readonly layer: LineageLayer }): VNode {
  return (
    <section class="lineage-layer" aria-labelledby={`layer-${layer.layer}`}>
      <ul>
        {layer.cards.map((index) => {
          const card = current.cards[index];
          return card === undefined ? null : <LineageCardView key={card.id} index={index} card={card} />;
        })}
      </ul>
    </section>
  );
}

function headingOf(layer: number): string {
  if (layer === 0) return "This asset";
  if (layer === -1) return "Feeds it";
  if (layer === 1) return "Reads it";
  return layer < 0 ? `${-layer} steps up` : `${layer} steps down`;
}

function Steps(props: {
  readonly label: string;
  readonly shown: number;
  readonly chosen: number | null;
  readonly onChange: (steps: number | null) => void;
}): VNode {
  return (
    <label>
      {props.label}{" "}
      <select
        value={props.chosen === null ? "" : String(props.chosen)}
        onChange={({ currentTarget }) =>
          props.onChange(currentTarget.value === "" ? null : Number(currentTarget.value))
        }
      >
        <option value="">as fits ({props.shown})</option>
        {[1, 2, 3, 4].map((steps) => (
          <option key={steps} value={String(steps)}>
            {steps}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A link to an asset that no longer exists. */
function Gone({ assetKey }: { readonly assetKey: string }): VNode {
  const graph = model.value;
  const last = assetKey.split("/").at(-1) ?? assetKey;
  const found = graph === null ? [] : new SearchIndex(graph, columns.value).find(last);
  const nearest = found.flatMap((each) => (each.type === "asset" ? [each.asset] : [])).slice(0, 5);
  return (
    <div class="lineage-gone" role="alert">
      <p>
        There is no asset <strong>{assetKey}</strong>. It may have been deleted, renamed or moved.
      </p>
      {nearest.length > 0 && <p>Assets with a similar name:</p>}
      <ul>
        {nearest.map((asset) => {
          const known = graph?.assets[asset];
          return known === undefined ? null : (
            <li key={known.key}>
              <button type="button" onClick={() => centerOn(known.key)}>
                {known.name} <span class="muted">{known.folder.join(" / ")}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
