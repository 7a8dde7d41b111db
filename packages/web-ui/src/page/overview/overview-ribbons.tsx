import type { VNode } from "preact";
import { formatCount } from "../../model/format-count.ts";
import type { LitConnection } from "../../overview/box-reach.ts";
import { type Connection, isRest, nameOfEnd, type Overview, type Ribbon } from "../../overview/overview.ts";
import { placeRibbons } from "../../overview/place-boxes.ts";
import { arcPath } from "../pictures/arc-path.ts";
import { overview, reach } from "./overview-state.ts";

/** The connections between boxes. Each is also text in the names of its boxes, so this is hidden from screen readers. */
export function OverviewRibbons(): VNode | null {
  const current = overview.value;
  if (current === null) return null;
  const lit = reach.value;
  return (
    <svg class="overview-ribbons" width={current.width} height={current.height} aria-hidden="true">
      <g class={lit === null ? "rest" : "rest dimmed"}>
        {current.ribbons.map((ribbon) => (
          <path
            key={`${ribbon.from} ${ribbon.to}`}
            class={isFaint(current, ribbon) ? "faint" : undefined}
            d={pathOf(current, ribbon)}
            stroke-width={ribbon.width}
          >
            <title>{textOf(current, ribbon)}</title>
          </path>
        ))}
      </g>
      {lit !== null &&
        (["up", "down"] as const).map((direction) => {
          const connections = lit.connections.filter((connection) => connection.direction === direction);
          return (
            <g key={direction} class={`lit ${direction}`}>
              {placeRibbons(connections, placesOf(current), current.ribbonFactor).map((ribbon, at) => (
                <path
                  key={`${ribbon.from} ${ribbon.to}`}
                  class={connections[at]?.isOwn === true ? "own" : "next"}
                  d={pathOf(current, ribbon)}
                  stroke-width={
                    connections[at]?.isOwn === true ? ribbon.width : Math.max(1.5, ribbon.width / 2)
                  }
                />
              ))}
              {lit.arcs
                .filter((arc) => arc.direction === direction)
                .map((arc) => (
                  <path
                    key={`within ${arc.from} ${arc.to}`}
                    class={`arc ${arc.isOwn ? "own" : "next"}`}
                    d={arcOf(current, arc)}
                    stroke-width={Math.min(8, current.ribbonFactor * Math.sqrt(arc.dependencies) + 1.5)}
                  />
                ))}
            </g>
          );
        })}
    </svg>
  );
}

function placesOf({ boxes, gate }: Overview): Parameters<typeof placeRibbons>[1] {
  return { y: boxes.map(({ y }) => y), heights: boxes.map(({ height }) => height), gate };
}

/** Ribbons of boxes that stand for the rest. */
function isFaint({ boxes }: Overview, { from, to }: Connection): boolean {
  return [from, to].some((end) => {
    const box = end === "gate" ? undefined : boxes[end];
    return box !== undefined && isRest(box);
  });
}

function pathOf({ boxes, laneX, laneWidth }: Overview, { from, to, y1, y2 }: Ribbon): string {
  const laneOf = (end: number | "gate"): 0 | 1 | 2 => (end === "gate" ? 1 : (boxes[end]?.lane ?? 1));
  const x1 = laneX[laneOf(from)] + laneWidth;
  const x2 = laneX[laneOf(to)];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1.toFixed(1)}C${middle} ${y1.toFixed(1)} ${middle} ${y2.toFixed(1)} ${x2} ${y2.toFixed(1)}`;
}

/** Beside its lane, from the middle of a box to that of another; the right lane has room only at its left. */
function arcOf({ boxes, laneX, laneWidth }: Overview, { from, to }: LitConnection): string {
  const one = from === "gate" ? undefined : boxes[from];
  const other = to === "gate" ? undefined : boxes[to];
  if (one === undefined || other === undefined) return "";
  const isRight = one.lane !== 2;
  const x = laneX[one.lane] + (isRight ? laneWidth : 0);
  const [y1, y2] = [one.y + one.height / 2, other.y + other.height / 2];
  const bulge = Math.min(70, 24 + Math.abs(y2 - y1) / 6);
  return arcPath(x, y1, y2, isRight ? bulge : -bulge);
}

function textOf(current: Overview, { from, to, dependencies }: Connection): string {
  const count = `${formatCount(dependencies)} ${dependencies === 1 ? "dependency" : "dependencies"}`;
  return `${nameOfEnd(current, from)} → ${nameOfEnd(current, to)}: ${count}`;
}
