import type { GraphModel } from "../model/graph-model.ts";
import { connectBoxes } from "./connect-boxes.ts";
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
  readonly connections: readonly (Connection & {
    readonly direction: "up" | "down";
    readonly isOwn: boolean;
  })[];
}

/** Most connections of the next steps that are lit. */
const mostOfNextSteps = 24;

/**
 * Walks the assets of a box, and not the boxes: that one box is connected with another, and this one with a third, does not mean that
 * any asset of the first is connected with one of the third.
 */
export function boxReach(model: GraphModel, overview: Overview, box: number): BoxReach {
  const assets = overview.boxes[box]?.assets ?? [];
  const up = model.index.walkUp(assets);
  const down = model.index.walkDown(assets);
  const own = marked(model, assets);
  const connect = (reach: Uint8Array, direction: "up" | "down"): BoxReach["connections"] => {
    const { edges } = model.graph;
    const { boxOf, laneOf } = overview;
    const all = connectBoxes(edges, boxOf, laneOf, (from, to) => reach[from] === 1 && reach[to] === 1);
    const ofBox = connectBoxes(edges, boxOf, laneOf, (from, to) =>
      direction === "up" ? own[to] === 1 : own[from] === 1,
    ).connections;
    const ownIds = new Set(ofBox.map(idOf));
    const next = all.connections
      .filter((connection) => !ownIds.has(idOf(connection)))
      .sort((a, b) => b.dependencies - a.dependencies)
      .slice(0, mostOfNextSteps);
    return [
      ...ofBox.map((connection) => ({ ...connection, direction, isOwn: true })),
      ...next.map((connection) => ({ ...connection, direction, isOwn: false })),
    ];
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
  return {
    box,
    up: countIn(up),
    down: countIn(down),
    upstream: up.size - assets.length,
    downstream: down.size - assets.length,
    products,
    connections: [...connect(marked(model, up.keys()), "up"), ...connect(marked(model, down.keys()), "down")],
  };
}

/** 1 by index for each of the assets. */
function marked({ assets: all }: GraphModel, assets: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(all.length);
  for (const asset of assets) marks[asset] = 1;
  return marks;
}

function idOf({ from, to }: Connection): string {
  return `${from} ${to}`;
}
