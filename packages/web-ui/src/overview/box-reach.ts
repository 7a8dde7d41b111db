import type { GraphModel } from "../model/graph-model.ts";
import { connectBoxes } from "./connect-boxes.ts";
import { markAssets } from "./mark-assets.ts";
import type { Connection, Overview } from "./overview.ts";

/** What is connected with the assets of a box, in any number of steps. */
export interface BoxReach {
  readonly box: number;
  /** Number of assets in reach, by box. */
  readonly up: readonly number[];
  readonly down: readonly number[];
  /** Assets upstream and downstream, without those of the box. */
  readonly upstream: number;
  readonly downstream: number;
  /** Of those downstream: what people read. */
  readonly products: number;
  /** Connections of dependencies in reach, with their direction as seen from the box. */
  readonly connections: readonly LitConnection[];
  /** The strongest dependencies in reach between two boxes of one lane. */
  readonly arcs: readonly LitConnection[];
}

/** A connection of dependencies in reach of a box. */
export interface LitConnection extends Connection {
  readonly direction: "up" | "down";
  /** Whether the box itself has it, and not one of the next steps. */
  readonly isOwn: boolean;
}

/** Most connections of the next steps that are lit. */
const mostOfNextSteps = 24;
const mostArcs = 8;

/**
 * Walks the assets of a box, and not the boxes: that one box is connected with another, and this one with a third, does not mean that
 * any asset of the first is connected with one of the third.
 */
export function boxReach(model: GraphModel, overview: Overview, box: number): BoxReach {
  const assets = overview.boxes[box]?.assets ?? [];
  const up = model.index.walkUp(assets);
  const down = model.index.walkDown(assets);
  const own = markAssets(model.assets.length, assets);
  const connect = (reach: Uint8Array, direction: "up" | "down"): Pick<BoxReach, "connections" | "arcs"> => {
    const { edges } = model.graph;
    const { boxOf, laneOf } = overview;
    const all = connectBoxes(edges, boxOf, laneOf, (from, to) => reach[from] === 1 && reach[to] === 1);
    const ofBox = connectBoxes(edges, boxOf, laneOf, (from, to) =>
      direction === "up" ? own[to] === 1 : own[from] === 1,
    );
    return {
      connections: litOf(ofBox.connections, all.connections, direction, mostOfNextSteps),
      arcs: litOf(ofBox.arcs, all.arcs, direction, mostArcs),
    };
  };
  const countIn = (reach: ReadonlyMap<number, number>): readonly number[] => {
    const counts = new Array<number>(overview.boxes.length).fill(0);
    for (const asset of reach.keys()) {
      const of = overview.boxOf[asset] as number;
      if (of >= 0) counts[of] = (counts[of] as number) + 1;
    }
    return counts;
  };
  const products = [...down.keys()].filter(
    (asset) => own[asset] === 0 && model.kindOf(asset).isReadByPeople === true,
  ).length;
  const upward = connect(markAssets(model.assets.length, up.keys()), "up");
  const downward = connect(markAssets(model.assets.length, down.keys()), "down");
  return {
    box,
    up: countIn(up),
    down: countIn(down),
    upstream: up.size - assets.length,
    downstream: down.size - assets.length,
    products,
    connections: [...upward.connections, ...downward.connections],
    arcs: [...upward.arcs, ...downward.arcs]
      .sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || b.dependencies - a.dependencies)
      .slice(0, mostArcs),
  };
}

/** The own connections of the box, then the strongest of the next steps. */
function litOf(
  own: readonly Connection[],
  all: readonly Connection[],
  direction: "up" | "down",
  mostOfNext: number,
): readonly LitConnection[] {
  const ownIds = new Set(own.map(idOf));
  const next = all
    .filter((connection) => !ownIds.has(idOf(connection)))
    .sort((a, b) => b.dependencies - a.dependencies)
    .slice(0, mostOfNext);
  return [
    ...own.map((connection) => ({ ...connection, direction, isOwn: true })),
    ...next.map((connection) => ({ ...connection, direction, isOwn: false })),
  ];
}

function idOf({ from, to }: Connection): string {
  return `${from} ${to}`;
}
