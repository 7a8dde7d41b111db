import type { GraphModel } from "../model/graph-model.ts";
import type { Lane, Part } from "../model/overview-part.ts";
import { chooseBoxes, makeBox } from "./choose-boxes.ts";
import { chooseRibbons } from "./choose-ribbons.ts";
import { connectBoxes } from "./connect-boxes.ts";
import { laneOfAssets, laneTitle } from "./lane-of-assets.ts";
import { nameBoxes } from "./name-boxes.ts";
import { orderBoxes } from "./order-boxes.ts";
import { type Box, isRest, type Overview, type PlacedBox } from "./overview.ts";
import { minBoxHeight, placeBoxes } from "./place-boxes.ts";
import { compareNames } from "./place-tree.ts";
import { shownAssets } from "./shown-assets.ts";

/** Maximum number of boxes of a lane, for a height in pixels. */
export function boxBudget(height: number): number {
  return Math.min(13, Math.max(6, Math.floor((height + 8) / (minBoxHeight + 8))));
}

const padding = 20;

export interface OverviewOptions {
  /** The parts that are looked at; none for everything. */
  readonly parts: readonly Part[];
  /** Assets to which the picture is limited; null for all. */
  readonly selected: ReadonlySet<number> | null;
  /** Size of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Lays out the picture of all assets as a few boxes in three lanes, which are connected by ribbons. */
export function buildOverview(model: GraphModel, options: OverviewOptions): Overview {
  const { parts, selected, width, height } = options;
  const laneOf = laneOfAssets(model);
  const { places, elsewhere } = shownAssets(model, laneOf, parts, selected);
  const compare = (a: number, b: number): number =>
    degree(model, b) - degree(model, a) || compareNames(model.asset(a).name, model.asset(b).name) || a - b;
  const budget = boxBudget(height);
  const boxesOf = ([0, 1, 2] as const).map((lane) => {
    const others = elsewhere[lane];
    const room = budget - (lane === 1 ? 1 : 0) - (others.length > 0 ? 1 : 0);
    const chosen = chooseBoxes({ lane, place: places[lane], budget: room, compare });
    return others.length === 0 ? chosen : [...chosen, makeBox(lane, "elsewhere", places[lane].path, others)];
  });
  const boxes = boxesOf.flat();
  const boxOf = new Int32Array(model.assets.length).fill(-1);
  boxes.forEach(({ assets }, box) => {
    for (const asset of assets) boxOf[asset] = box;
  });
  const { connections, arcs, dependencies, backward, direct } = connectBoxes(
    model.graph.edges,
    boxOf,
    laneOf,
    boxes.length,
  );
  const given = ([0, 1, 2] as const).map((lane) =>
    boxes.flatMap((box, at) => (box.lane === lane ? [at] : [])).sort((a, b) => compareBoxes(boxes, a, b)),
  ) as [number[], number[], number[]];
  const orders = orderBoxes(given, connections, (box) => isRest(boxes[box] as Box));
  const drawn = chooseRibbons(connections);
  const { y, heights, gate, ribbons, factor } = placeBoxes(boxes, orders, { height, direct, drawn });
  const names = boxesOf.flatMap((ofLane, lane) => nameBoxes(ofLane, model.assets, lane as Lane));
  const laneWidth = Math.min(290, Math.max(176, width * 0.205));
  return {
    lanes: ([0, 1, 2] as const).map((lane) => ({
      title: laneTitle(lane, model, laneOf),
      shown: boxesOf[lane]?.reduce((sum, { assets }) => sum + assets.length, 0) ?? 0,
      all: laneOf.filter((of) => of === lane).length,
      boxes: orders[lane],
    })) as unknown as Overview["lanes"],
    boxes: boxes.map((box, at): PlacedBox => {
      const { name, parents } = names[at] ?? { name: "", parents: "" };
      return { ...box, name, parents, y: y[at] ?? 0, height: heights[at] ?? minBoxHeight };
    }),
    gate,
    ribbons,
    ribbonFactor: factor,
    connections,
    dependencies,
    withinLanes: arcs.reduce((sum, arc) => sum + arc.dependencies, 0),
    backward,
    width,
    height,
    laneWidth,
    laneX: [padding, (width - laneWidth) / 2, width - padding - laneWidth],
    boxOf,
    laneOf,
  };
}

function degree({ index }: GraphModel, asset: number): number {
  return index.upstream(asset).length + index.downstream(asset).length;
}

/** By number of assets, boxes for the rest last; single assets in the order in which they were chosen. */
function compareBoxes(boxes: readonly Box[], a: number, b: number): number {
  const one = boxes[a] as Box;
  const other = boxes[b] as Box;
  return Number(isRest(one)) - Number(isRest(other)) || other.assets.length - one.assets.length || a - b;
}
