import type { GraphModel } from "../model/graph-model.ts";
import { ConnectionCounter } from "./connection-counter.ts";
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
  const { boxes, boxOf, laneOf } = overview;
  const assets = boxes[box]?.assets ?? [];
  const own = new Uint8Array(model.assets.length);
  for (const asset of assets) own[asset] = 1;
  const up = model.index.reachUp(assets);
  const down = model.index.reachDown(assets);
  const newCounter = (): ConnectionCounter => new ConnectionCounter(boxes.length);
  const [ownUp, allUp, ownDown, allDown] = [newCounter(), newCounter(), newCounter(), newCounter()];
  const { edges } = model.graph;
  for (let at = 0; at < edges.length; at += 2) {
    const from = edges[at] as number;
    const to = edges[at + 1] as number;
    const isUp = up[to] === 1;
    const isDown = down[from] === 1;
    const fromBox = boxOf[from] as number;
    const toBox = boxOf[to] as number;
    if ((!isUp && !isDown) || fromBox < 0 || toBox < 0) continue;
    const steps = (laneOf[to] as number) - (laneOf[from] as number);
    if (isUp) allUp.add(fromBox, toBox, steps);
    if (isDown) allDown.add(fromBox, toBox, steps);
    if (own[to] === 1) ownUp.add(fromBox, toBox, steps);
    if (own[from] === 1) ownDown.add(fromBox, toBox, steps);
  }
  const { readByPeople } = model;
  let [upstream, downstream, products] = [0, 0, 0];
  for (let asset = 0; asset < own.length; asset++) {
    const isOther = 1 - (own[asset] as number);
    upstream += isOther & (up[asset] as number);
    downstream += isOther & (down[asset] as number);
    products += isOther & (down[asset] as number) & (readByPeople[asset] as number);
  }
  return {
    box,
    up: countInBoxes(overview, up),
    down: countInBoxes(overview, down),
    upstream,
    downstream,
    products,
    connections: [
      ...litOf(ownUp.connections, allUp.connections, "up", mostOfNextSteps),
      ...litOf(ownDown.connections, allDown.connections, "down", mostOfNextSteps),
    ],
    arcs: [
      ...litOf(ownUp.arcs, allUp.arcs, "up", mostArcs),
      ...litOf(ownDown.arcs, allDown.arcs, "down", mostArcs),
    ]
      .sort((a, b) => Number(b.isOwn) - Number(a.isOwn) || b.dependencies - a.dependencies)
      .slice(0, mostArcs),
  };
}

/** Number of assets in reach, by box. */
function countInBoxes({ boxes, boxOf }: Overview, reach: Uint8Array): readonly number[] {
  const counts = new Array<number>(boxes.length).fill(0);
  reach.forEach((isReached, asset) => {
    const box = boxOf[asset] as number;
    if (isReached === 1 && box >= 0) counts[box] = (counts[box] as number) + 1;
  });
  return counts;
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
