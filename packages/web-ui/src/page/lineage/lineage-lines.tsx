import type { VNode } from "preact";
import { type Lineage, type LineageLine, lineageSizes } from "../../lineage/lineage.ts";
import { arcPath } from "../pictures/arc-path.ts";
import { view } from "../state/view-state.ts";
import { columnWay, lineage, pointedCard, pointedColumn, way } from "./lineage-state.ts";

/** The dependencies as lines; each is also a way from card to card by the arrow keys. */
export function LineageLines(): VNode | null {
  const current = lineage.value;
  if (current === null) return null;
  const onWay = way.value;
  const hasColumns = view.value.hasColumns;
  return (
    <svg
      class={`lineage-lines${hasColumns ? " with-columns" : ""}`}
      width={current.width}
      height={current.height}
      aria-hidden="true"
    >
      {current.lines.map((line, at) => (
        <path
          key={`${current.cards[line.from]?.id} ${current.cards[line.to]?.id}`}
          class={`${sideOf(current, line)}${onWay !== null && !onWay.lines.has(at) ? " off" : ""}`}
          d={pathOf(line)}
          stroke-width={line.width}
        />
      ))}
      <Arcs current={current} />
      {hasColumns && <ColumnLines current={current} />}
    </svg>
  );
}

function sideOf({ cards }: Lineage, { to }: Pick<LineageLine, "to">): "upstream" | "downstream" {
  return (cards[to]?.layer ?? 0) <= 0 ? "upstream" : "downstream";
}

/** With more than this number of dependencies within layers, only those of the card that is pointed at are drawn. */
const mostArcs = 4;

/** Dependencies within a layer, at the side of it that is next to the center: outside there may be no room. */
function Arcs({ current }: { readonly current: Lineage }): VNode {
  const { cards, sameLayer, cardWidth } = current;
  const pointed = cards.findIndex(({ id }) => id === pointedCard.value);
  const drawn = sameLayer.filter(
    ({ from, to }) => sameLayer.length <= mostArcs || from === pointed || to === pointed,
  );
  return (
    <>
      {drawn.map(({ from, to }) => {
        const one = cards[from];
        const other = cards[to];
        if (one === undefined || other === undefined) return null;
        const isRight = one.layer <= 0;
        const x = one.x + (isRight ? cardWidth : 0);
        const [y1, y2] = [one, other].map(({ y }) => y + lineageSizes.cardHeight / 2) as [number, number];
        const bulge = Math.min(lineageSizes.channel - 8, 16 + Math.abs(y2 - y1) / 8);
        const isOff = pointedCard.value !== null && from !== pointed && to !== pointed;
        return (
          <path
            key={`${one.id} ${other.id}`}
            class={`arc ${isRight ? "upstream" : "downstream"}${isOff ? " off" : ""}`}
            d={arcPath(x, y1, y2, isRight ? bulge : -bulge)}
            stroke-width="1.4"
          >
            <title>{`${one.name} → ${other.name}`}</title>
          </path>
        );
      })}
    </>
  );
}

function ColumnLines({ current }: { readonly current: Lineage }): VNode {
  const onWay = columnWay.value;
  return (
    <>
      {current.columnLines.map((line) => {
        // All lines to the heads of folders would be a trunk: they are drawn for one column.
        const isToMany = [line.fromCard, line.toCard].some((card) => current.cards[card]?.type !== "asset");
        if (isToMany && onWay === null) return null;
        const isOn = onWay === null || (onWay.has(line.from) && onWay.has(line.to));
        const d = pathOf(line);
        return (
          <g
            key={`${line.from} ${line.to}`}
            class={`column-line ${sideOf(current, { to: line.toCard })}${isOn ? "" : " off"}`}
            onPointerEnter={() => {
              pointedColumn.value = line.to;
            }}
            onPointerLeave={() => {
              if (pointedColumn.value === line.to) pointedColumn.value = null;
            }}
          >
            <path class="target" d={d} />
            <path class="drawn" d={d} />
          </g>
        );
      })}
    </>
  );
}

/** Level within a layer, a curve between layers. */
function pathOf({ points }: Pick<LineageLine, "points">): string {
  const [first, ...rest] = points;
  let [x = 0, y = 0] = first ?? [];
  let path = `M${x} ${y.toFixed(1)}`;
  for (const [toX, toY] of rest) {
    const middle = (x + toX) / 2;
    path +=
      y === toY
        ? `L${toX} ${toY.toFixed(1)}`
        : `C${middle} ${y.toFixed(1)} ${middle} ${toY.toFixed(1)} ${toX} ${toY.toFixed(1)}`;
    [x, y] = [toX, toY];
  }
  return path;
}
