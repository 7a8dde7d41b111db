import type { Connection } from "./overview.ts";

/** Dependencies between boxes. */
export interface Connections {
  /** From a lane to one at its right. */
  readonly connections: readonly Connection[];
  /** Between two boxes of one lane. */
  readonly arcs: readonly Connection[];
  /** Number of dependencies of the connections. */
  readonly dependencies: number;
  /** Number of dependencies that lead from a lane to one at its left. */
  readonly backward: number;
  /** Number of those that pass the middle lane. */
  readonly direct: number;
}

type Mutable<Thing> = { -readonly [Name in keyof Thing]: Thing[Name] };

/** More than the number of boxes. */
const mostEnds = 4_096;

/**
 * Counts the dependencies between boxes. Those of the right lane on the left one go through the gate.
 *
 * @param edges pairs of assets
 * @param boxOf box of each asset; -1 for none
 * @param laneOf lane of each asset
 * @param isCounted whether a dependency is counted. Default: all are
 */
export function connectBoxes(
  edges: readonly number[],
  boxOf: Int32Array,
  laneOf: Uint8Array,
  isCounted: (from: number, to: number) => boolean = () => true,
): Connections {
  type Counts = Map<number, Mutable<Connection>>;
  const between: Counts = new Map();
  const within: Counts = new Map();
  // Strings as keys would take most of the time.
  const add = (counts: Counts, from: Connection["from"], to: Connection["to"]): void => {
    const id = (from === "gate" ? 0 : from + 1) * mostEnds + (to === "gate" ? 0 : to + 1);
    const known = counts.get(id);
    if (known === undefined) counts.set(id, { from, to, dependencies: 1 });
    else known.dependencies++;
  };
  let dependencies = 0;
  let direct = 0;
  let backward = 0;
  for (let at = 0; at < edges.length; at += 2) {
    const from = edges[at] as number;
    const to = edges[at + 1] as number;
    const fromBox = boxOf[from] as number;
    const toBox = boxOf[to] as number;
    if (fromBox < 0 || toBox < 0 || !isCounted(from, to)) continue;
    const steps = (laneOf[to] as number) - (laneOf[from] as number);
    if (steps > 0) dependencies++;
    if (steps < 0) backward++;
    else if (steps === 1) add(between, fromBox, toBox);
    else if (steps > 1) {
      direct++;
      add(between, fromBox, "gate");
      add(between, "gate", toBox);
    } else if (fromBox !== toBox) add(within, fromBox, toBox);
  }
  return {
    connections: [...between.values()],
    arcs: [...within.values()],
    dependencies,
    backward,
    direct,
  };
}
