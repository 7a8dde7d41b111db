import { ConnectionCounter } from "./connection-counter.ts";
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

/**
 * Counts the dependencies between boxes. Those of the right lane on the left one go through the gate.
 *
 * @param edges pairs of assets
 * @param boxOf box of each asset; -1 for none
 * @param laneOf lane of each asset
 * @param boxes number of boxes
 */
export function connectBoxes(
  edges: readonly number[],
  boxOf: Int32Array,
  laneOf: Uint8Array,
  boxes: number,
): Connections {
  const counter = new ConnectionCounter(boxes);
  for (let at = 0; at < edges.length; at += 2) {
    const from = edges[at] as number;
    const to = edges[at + 1] as number;
    const fromBox = boxOf[from] as number;
    const toBox = boxOf[to] as number;
    if (fromBox >= 0 && toBox >= 0)
      counter.add(fromBox, toBox, (laneOf[to] as number) - (laneOf[from] as number));
  }
  return counter;
}
