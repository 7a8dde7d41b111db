import { groupBy } from "@dagster-sigma/foundation";
import type { Box, Connection, Gate, Ribbon } from "./overview.ts";

/** Sizes in pixels. */
export const minBoxHeight = 34;
const maxMoreHeight = 62;
const gap = 8;
const maxGateHeight = 170;
const minRibbon = 1.5;
const maxRibbon = 22;
const maxFactor = 6;
/** Share of box sides on which all ribbons fit beside each other. */
const fittingSides = 0.85;

export interface Placed {
  /** Width of a ribbon of one dependency, in pixels; others are wider by the square root. */
  readonly factor: number;
  readonly y: readonly number[];
  readonly heights: readonly number[];
  readonly gate: Gate | null;
  readonly ribbons: readonly Ribbon[];
}

/**
 * Heights and places of boxes, and the ribbons between them. What is left of the height is given to boxes by the square root of
 * their number of assets.
 *
 * @param orders indices of boxes by lane, from top to bottom
 */
export function placeBoxes(
  boxes: readonly Box[],
  orders: readonly (readonly number[])[],
  options: { readonly height: number; readonly direct: number; readonly drawn: readonly Connection[] },
): Placed {
  const { height, direct, drawn } = options;
  const heights = new Array<number>(boxes.length).fill(minBoxHeight);
  const y = new Array<number>(boxes.length).fill(0);
  let gate: Gate | null = null;
  orders.forEach((order, lane) => {
    const hasGate = lane === 1 && direct > 0;
    const roomOfBoxes = height - (hasGate ? minBoxHeight + gap : 0);
    const free = Math.max(0, roomOfBoxes - order.length * (minBoxHeight + gap) + gap);
    const gateMore = hasGate
      ? Math.min(maxGateHeight - minBoxHeight, free * gateShare(boxes, order, direct))
      : 0;
    const roots = order.map((box) => Math.sqrt(boxes[box]?.assets.length ?? 0));
    const sum = roots.reduce((a, b) => a + b, 0);
    const more = roots.map((root) => Math.min(maxMoreHeight, ((free - gateMore) * root) / (sum || 1)));
    const used =
      order.length * (minBoxHeight + gap) -
      gap +
      more.reduce((a, b) => a + b, 0) +
      (hasGate ? gap + minBoxHeight + gateMore : 0);
    let at = Math.max(0, (height - used) / 2);
    order.forEach((box, index) => {
      y[box] = at;
      heights[box] = minBoxHeight + (more[index] ?? 0);
      at += (heights[box] ?? 0) + gap;
    });
    if (hasGate) gate = { dependencies: direct, y: at, height: minBoxHeight + gateMore };
  });
  const factor = ribbonFactor(drawn, { y, heights, gate });
  return { factor, y, heights, gate, ribbons: placeRibbons(drawn, { y, heights, gate }, factor) };
}

/** The gate gets room by its number of dependencies, as boxes do by their assets. */
function gateShare(boxes: readonly Box[], order: readonly number[], direct: number): number {
  const sum = order.reduce((total, box) => total + Math.sqrt(boxes[box]?.assets.length ?? 0), 0);
  return (2 * Math.sqrt(direct)) / (2 * Math.sqrt(direct) + sum || 1);
}

type End = Connection["from"];

/** Where the ends of ribbons are. */
export interface Places {
  readonly y: readonly number[];
  readonly heights: readonly number[];
  readonly gate: Gate | null;
}

/**
 * Ribbons leave and reach a side in the order of their other ends. Where a side is too full they overlap.
 *
 * @param factor width of a ribbon of one dependency, in pixels
 */
export function placeRibbons(
  drawn: readonly Connection[],
  places: Places,
  factor: number,
): readonly Ribbon[] {
  const widths = new Map(
    drawn.map((ribbon) => [ribbon, Math.max(minRibbon, factor * Math.sqrt(ribbon.dependencies))]),
  );
  const out = portsOf(
    drawn,
    places,
    widths,
    ({ from }) => from,
    ({ to }) => to,
  );
  const into = portsOf(
    drawn,
    places,
    widths,
    ({ to }) => to,
    ({ from }) => from,
  );
  return drawn.map((ribbon) => ({
    ...ribbon,
    y1: out.get(ribbon) ?? 0,
    y2: into.get(ribbon) ?? 0,
    width: widths.get(ribbon) ?? minRibbon,
  }));
}

/** Height at which each ribbon touches the box at one of its ends. */
function portsOf(
  drawn: readonly Connection[],
  places: Places,
  widths: ReadonlyMap<Connection, number>,
  endOf: (ribbon: Connection) => End,
  otherEndOf: (ribbon: Connection) => End,
): ReadonlyMap<Connection, number> {
  const ports = new Map<Connection, number>();
  for (const [end, ribbons] of groupBy(drawn, endOf)) {
    const sorted = [...ribbons].sort((a, b) => topOf(otherEndOf(a), places) - topOf(otherEndOf(b), places));
    const all = sorted.reduce((sum, ribbon) => sum + (widths.get(ribbon) ?? 0), 0);
    const room = roomOf(end, places);
    const scale = Math.min(1, (room - 4) / all);
    let at = topOf(end, places) + (room - all * scale) / 2;
    for (const ribbon of sorted) {
      const taken = (widths.get(ribbon) ?? 0) * scale;
      ports.set(ribbon, at + taken / 2);
      at += taken;
    }
  }
  return ports;
}

function topOf(end: End, { y, gate }: Places): number {
  return (end === "gate" ? gate?.y : y[end]) ?? 0;
}

function roomOf(end: End, { heights, gate }: Places): number {
  return (end === "gate" ? gate?.height : heights[end]) ?? minBoxHeight;
}

/** One factor for the picture, so that widths can be compared. */
function ribbonFactor(drawn: readonly Connection[], places: Places): number {
  const strongest = Math.max(1, ...drawn.map(({ dependencies }) => dependencies));
  const sides = [...groupBy(drawn, ({ from }) => from), ...groupBy(drawn, ({ to }) => to)];
  const factors = sides
    .map(
      ([end, ribbons]) =>
        roomOf(end, places) / ribbons.reduce((sum, { dependencies }) => sum + Math.sqrt(dependencies), 0),
    )
    .sort((a, b) => a - b);
  const fitting = factors[Math.floor(factors.length * (1 - fittingSides))] ?? maxFactor;
  return Math.min(maxFactor, maxRibbon / Math.sqrt(strongest), fitting);
}
