import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { cardSize } from "../../layout/map-layout.ts";
import { viewport } from "../graph/graph-state.ts";
import { picture } from "../graph/picture.ts";
import { columnPopoverAsset } from "../state/column-popover-state.ts";
import { indexOfKey, model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";
import { ColumnList } from "./column-list.tsx";

/** The columns of an asset at its card: the node, opened. Nothing else moves for it. */
export function ColumnPopover(): VNode | null {
  const key = columnPopoverAsset.value;
  const asset = indexOfKey.value(key);
  const layout = picture.value?.layout;
  const selected = view.value.asset;
  // What is selected next has columns of its own.
  useEffect(() => {
    if (selected !== key) columnPopoverAsset.value = null;
  }, [selected]);
  if (asset === null || layout === undefined || Number.isNaN(layout.x[asset])) return null;
  return <Popover key={key} asset={asset} x={layout.x[asset] ?? 0} y={layout.y[asset] ?? 0} />;
}

function Popover(props: { readonly asset: number; readonly x: number; readonly y: number }): VNode {
  const { asset, x, y } = props;
  const box = useRef<HTMLDivElement>(null);
  const { x: left, y: top, scale } = viewport.value;
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.style.left = `${(x - left) * scale}px`;
    box.current.style.top = `${(y - top + cardSize.height) * scale + 4}px`;
  });
  // It has the focus before the next key comes, and gives it back.
  useLayoutEffect(() => {
    const opened = box.current;
    opened?.querySelector<HTMLElement>("input, button.column")?.focus();
    return () => {
      if (opened?.contains(document.activeElement) === true) focusPicture();
    };
  }, []);
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
        <button type="button" class="quiet" aria-label="Close" onClick={() => close()}>
          ✕
        </button>
      </header>
      <ColumnList asset={asset} />
    </div>
  );
}

function close(): void {
  focusPicture();
  columnPopoverAsset.value = null;
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  close();
  event.preventDefault();
}

function focusPicture(): void {
  document.querySelector<HTMLElement>(".graph-canvas")?.focus();
}
