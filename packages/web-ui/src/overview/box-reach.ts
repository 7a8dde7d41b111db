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
  const laneOf = Uint8Array.from(overview.boxOf, (of) => overview.boxes[of]?.lane ?? 0);
  const own = new Set(assets);
  const connect = (reach: ReadonlyMap<number, number>, direction: "up" | "down"): BoxReach["connections"] => {
    const { connections } = connectBoxes(
      model.graph.edges,
      overview.boxOf,
      laneOf,
      (from, to) => reach.has(from) && reach.has(to),
    );
    const ofBox = connectBoxes(model.graph.edges, overview.boxOf, laneOf, (from, to) =>
      direction === "up" ? own.has(to) : own.has(from),
    ).connections;
    const ownIds = new Map(ofBox.map((connection) => [idOf(connection), connection]));
    const next = connections
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
    (asset) => !own.has(asset) && model.kindOf(asset).isReadByPeople === true,
  ).length;
  return {
    box,
    up: countIn(up),
    down: countIn(down),
    upstream: up.size - own.size,
    downstream: down.size - own.size,
    products,
    connections: [...connect(up, "up"), ...connect(down, "down")],
  };
}

function idOf({ from, to }: Connection): string {
  return `${from} ${to}`;
}
