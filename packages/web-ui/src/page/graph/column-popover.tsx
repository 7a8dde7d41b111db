import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { cardSize } from "../../layout/map-layout.ts";
import { ColumnList } from "../panels/column-list.tsx";
import { indexOfKey, model } from "../state/page-data.ts";
import { picture } from "../state/picture.ts";
import { view } from "../state/view-state.ts";
import { columnPopoverAsset } from "./column-popover-state.ts";
import { viewport } from "./graph-state.ts";

/** The columns of an asset at its card: the node, opened. Nothing else moves for it. */
export function ColumnPopover(): VNode | null {
  const key = columnPopoverAsset.value;
  const asset = indexOfKey.value(key);
  const layout = picture.value?.layout;
  const box = useRef<HTMLDivElement>(null);
  const x = asset === null ? Number.NaN : (layout?.x[asset] ?? Number.NaN);
  const y = asset === null ? Number.NaN : (layout?.y[asset] ?? Number.NaN);
  const { x: left, y: top, scale } = viewport.value;
  useEffect(() => {
    if (box.current === null) return;
    box.current.style.left = `${(x - left) * scale}px`;
    box.current.style.top = `${(y - top + cardSize.height) * scale + 4}px`;
  });
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input, button.column")?.focus();
  }, [key]);
  // What is selected next has columns of its own.
  useEffect(() => {
    if (view.value.asset !== key) columnPopoverAsset.value = null;
  }, [view.value.asset]);
  if (asset === null || key === null || Number.isNaN(x)) return null;
  return (
    <div
      class="column-popover"
      ref={box}
      role="dialog"
      onKeyDown={closeOnEscape}
      aria-label={`Columns of ${model.value?.asset(asset).name}`}
    >
      <header>
        <strong>Columns</strong>
        <button
          type="button"
          class="quiet"
          aria-label="Close"
          onClick={() => (columnPopoverAsset.value = null)}
        >
          ✕
        </button>
      </header>
      <ColumnList asset={asset} />
    </div>
  );
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  columnPopoverAsset.value = null;
  document.querySelector<HTMLElement>(".graph-canvas")?.focus();
  event.preventDefault();
}
