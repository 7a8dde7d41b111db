import type { VNode } from "preact";
import { formatCount } from "../../model/format-count.ts";
import type { PlacedBox } from "../../overview/overview.ts";
import { KindIcon } from "../pieces/kind-icon.tsx";
import { ShortenedName } from "../pieces/shortened-name.tsx";
import { model } from "../state/page-data.ts";
import { boxLooks } from "./box-looks.ts";
import { openBox, pointedBox, reach, tabBox, tabStop } from "./overview-state.ts";

/** Boxes of at least this height have a second line. */
const twoLinesHeight = 42;

export function OverviewBox(props: { readonly index: number; readonly box: PlacedBox }): VNode | null {
  const { index, box } = props;
  const graph = model.value;
  const isTabStop = tabStop.value === box.id;
  if (graph === null) return null;
  const lit = reach.value;
  const up = lit?.up[index] ?? 0;
  const down = lit?.down[index] ?? 0;
  const isPointed = lit?.box === index;
  const isOut = lit !== null && !isPointed && up + down === 0;
  const count = box.assets.length;
  const look = boxLooks.value[index];
  if (look === undefined) return null;
  const { note } = look;
  const hasLine = box.height >= twoLinesHeight;
  const [asset = -1] = box.assets;
  return (
    <button
      type="button"
      class={`overview-box ${box.type}${isOut ? " out" : ""}${lit === null ? "" : " lit"}`}
      data-box={box.id}
      style={{ top: `${box.y.toFixed(1)}px`, height: `${box.height.toFixed(1)}px` }}
      tabIndex={isTabStop ? 0 : -1}
      title={
        box.type === "asset"
          ? graph.asset(asset).path.join("/")
          : [...box.path, ...(box.type === "group" ? [] : [box.name])].join(" / ")
      }
      onClick={() => openBox(box)}
      onPointerEnter={({ pointerType }) => {
        if (pointerType !== "touch") pointedBox.value = box.id;
      }}
      onPointerLeave={() => {
        if (pointedBox.value === box.id) pointedBox.value = null;
      }}
      onFocus={() => {
        tabBox.value = box.id;
      }}
      onBlur={() => {
        if (pointedBox.value === box.id) pointedBox.value = null;
      }}
    >
      <span class="bar" style={{ background: look.bar }} />
      <span class="first-line">
        {box.type === "asset" && <KindIcon kind={graph.kindOf(asset)} />}
        {box.parents !== "" && <span class="parents">{box.parents}</span>}
        <span class="name">
          <ShortenedName name={box.name} />
        </span>
        {box.type === "topLevel" && box.path.length > 0 && <span class="suffix">· top level</span>}
        {(box.type === "moreGroups" || box.type === "moreAssets") && box.path.length > 0 && (
          <span class="suffix">in {box.path.at(-1)}</span>
        )}
        {!hasLine && note.short !== "" && <span class={`short ${note.tone}`}>{note.short}</span>}
        {box.type !== "asset" && (
          <span class="count">{countText(count, lit === null || isPointed, up, down)}</span>
        )}
      </span>
      <span class="unseen"> {unitOf(box)}</span>
      {hasLine && note.text !== "" && <span class={`note ${note.tone}`}>{note.text}</span>}
      <span class="unseen">{look.connections}</span>
    </button>
  );
}

/** While a box is pointed at, the others say how many of their assets are in reach. */
function countText(count: number, isWhole: boolean, up: number, down: number): string {
  const all = formatCount(count);
  if (isWhole || up + down === 0) return all;
  if (up > 0 && down > 0) return `↑${up} ↓${down} of ${all}`;
  return `${formatCount(up + down)} of ${all}`;
}

/** What the number of a box counts, or the kind of its asset. */
function unitOf({ type, assets, lane }: PlacedBox): string {
  const kind = model.value?.kindOf(assets[0] ?? 0);
  if (type === "asset") return kind?.name ?? "";
  return lane === 1 ? "assets" : (kind?.plural.toLowerCase() ?? "");
}
