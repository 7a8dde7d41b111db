import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { boxNote } from "../../overview/box-note.ts";
import type { PlacedBox } from "../../overview/overview.ts";
import { colorNameOf } from "../graph/kind-look.ts";
import { KindIcon } from "../panels/kind-icon.tsx";
import { model } from "../state/page-data.ts";
import { view } from "../state/view-state.ts";
import { connectionsOfBox, openBox, overview, pointedBox, reach, tabBox, tabStop } from "./overview-state.ts";

/** Boxes of at least this height have a second line. */
const twoLinesHeight = 42;
/** The end of a long name stays, because names of a series differ at the end. */
const tailLength = 7;

export function OverviewBox(props: { readonly index: number; readonly box: PlacedBox }): VNode | null {
  const { index, box } = props;
  const graph = model.value;
  const button = useRef<HTMLButtonElement>(null);
  const isTabStop = tabStop.value === box.id;
  useEffect(() => {
    // The arrow keys move the focus.
    if (pointedBox.peek() === box.id && document.activeElement?.classList.contains("overview-box") === true)
      button.current?.focus();
  }, [isTabStop]);
  if (graph === null) return null;
  const lit = reach.value;
  const up = lit?.up[index] ?? 0;
  const down = lit?.down[index] ?? 0;
  const isPointed = lit?.box === index;
  const isOut = lit !== null && !isPointed && up + down === 0;
  const count = box.assets.length;
  const note = boxNote(graph, box, view.value.lens, Date.now() / 1_000);
  const hasLine = box.height >= twoLinesHeight;
  const [asset = -1] = box.assets;
  const name = splitName(box.name);
  return (
    <button
      ref={button}
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
      <span class="bar" style={{ background: barOf(box) }} />
      <span class="first-line">
        {box.type === "asset" && <KindIcon kind={graph.kindOf(asset)} />}
        {box.parents !== "" && <span class="parents">{box.parents}</span>}
        <span class="name">
          <span class="head">{name.head}</span>
          <span class="tail">{name.tail}</span>
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
      <span class="unseen">{connectionsText(index)}</span>
    </button>
  );
}

/** While a box is pointed at, the others say how many of their assets are in reach. */
function countText(count: number, isWhole: boolean, up: number, down: number): string {
  const all = count.toLocaleString("en");
  if (isWhole || up + down === 0) return all;
  if (up > 0 && down > 0) return `↑${up} ↓${down} of ${all}`;
  return `${(up + down).toLocaleString("en")} of ${all}`;
}

function splitName(name: string): { readonly head: string; readonly tail: string } {
  const letters = [...name];
  if (letters.length < 3 * tailLength) return { head: name, tail: "" };
  return { head: letters.slice(0, -tailLength).join(""), tail: letters.slice(-tailLength).join("") };
}

/** The color of the kind; of several kinds, each has its share. */
function barOf({ assets }: PlacedBox): string {
  const graph = model.value;
  const counts = new Map<string, number>();
  if (graph !== null)
    for (const asset of assets) {
      const color = `var(--kind-${colorNameOf(graph.kindOf(asset))})`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  let at = 0;
  const stops = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([color, count]) => {
      const from = at;
      at += (100 * count) / assets.length;
      return `${color} ${from}% ${at}%`;
    });
  return `linear-gradient(${stops.join(", ")})`;
}

const namedConnections = 3;

/** What the number of a box counts, or the kind of its asset. */
function unitOf({ type, assets, lane }: PlacedBox): string {
  const kind = model.value?.kindOf(assets[0] ?? 0);
  if (type === "asset") return kind?.name ?? "";
  return lane === 1 ? "assets" : (kind?.plural.toLowerCase() ?? "");
}

/** The ribbons of a box in words, for example "Feeds Read directly 1,345, Product 28 and 6 others." */
function connectionsText(index: number): string {
  const current = overview.value;
  if (current === null) return "";
  const nameOf = (end: number | "gate"): string =>
    end === "gate"
      ? "Read directly"
      : `${current.boxes[end]?.parents ?? ""}${current.boxes[end]?.name ?? ""}`;
  const describe = (verb: string, ends: readonly (readonly [number | "gate", number])[]): string => {
    if (ends.length === 0) return "";
    const named = ends
      .slice(0, namedConnections)
      .map(([end, count]) => `${nameOf(end)} ${count.toLocaleString("en")}`);
    const rest = ends.length - named.length;
    return ` ${verb} ${named.join(", ")}${rest > 0 ? ` and ${rest} others` : ""}.`;
  };
  const own = connectionsOfBox.value.get(index) ?? [];
  const fedBy = own
    .filter(({ to }) => to === index)
    .map(({ from, dependencies }) => [from, dependencies] as const);
  const feeds = own
    .filter(({ from }) => from === index)
    .map(({ to, dependencies }) => [to, dependencies] as const);
  return `${describe("Fed by", fedBy)}${describe("Feeds", feeds)}`;
}
