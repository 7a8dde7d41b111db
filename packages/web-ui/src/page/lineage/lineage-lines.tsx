import type { VNode } from "preact";
import type { Lineage, LineageLine } from "../../lineage/lineage.ts";
import { lineage, way } from "./lineage-state.ts";

/** The dependencies as lines; each is also a way from card to card by the arrow keys. */
export function LineageLines(): VNode | null {
  const current = lineage.value;
  if (current === null) return null;
  const onWay = way.value;
  return (
    <svg class="lineage-lines" width={current.width} height={current.height} aria-hidden="true">
      {current.lines.map((line, at) => (
        <path
          key={`${current.cards[line.from]?.id} ${current.cards[line.to]?.id}`}
          class={`${sideOf(current, line)}${onWay !== null && !onWay.lines.has(at) ? " off" : ""}`}
          d={pathOf(line)}
          stroke-width={line.width}
        />
      ))}
    </svg>
  );
}

function sideOf({ cards }: Lineage, { to }: LineageLine): "upstream" | "downstream" {
  return (cards[to]?.layer ?? 0) <= 0 ? "upstream" : "downstream";
}

/** Level within a layer, a curve between layers. */
function pathOf({ points }: LineageLine): string {
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
