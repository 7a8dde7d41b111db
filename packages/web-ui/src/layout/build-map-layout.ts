import type { GraphIndex } from "@dagster-sigma/asset-graph/graph-index";
import { groupBy } from "@dagster-sigma/foundation";
import type { Grouping } from "../model/grouping.ts";
import { kindFinder } from "../model/kind-finder.ts";
import type { PageAsset, PageGraph } from "../model/page-graph.ts";
import { assignLanes, type Lane } from "./assign-lanes.ts";
import { groupAssets } from "./group-assets.ts";
import { blockSize, cardSize, type MapLayout, type Rectangle } from "./map-layout.ts";
import { orderBlocks } from "./order-blocks.ts";
import { blockHeight, type PackedLane, packBlocks } from "./pack-blocks.ts";
import { placeLanes } from "./place-lanes.ts";

interface Group {
  readonly lane: number;
  readonly name: string;
  readonly assets: readonly number[];
}

/** Target aspect ratio (width / height). */
const wantedShape = 1.4;

/**
 * Groups with more cards are sorted by name, so that a name is easy to find; smaller ones so that lines are short.
 */
const mostByHeight = 40;

/**
 * Lays out the whole graph as a map: lanes from left to right, groups in each lane, cards in each group, wrapped into
 * columns so that the picture fits a screen. Takes linear time in the number of assets and edges.
 *
 * @param shown the assets in the picture. Default: all
 */
export function buildMapLayout(
  graph: Pick<PageGraph, "assets" | "kinds">,
  index: GraphIndex,
  grouping: Grouping,
  shown: readonly number[] = graph.assets.map((_asset, at) => at),
): MapLayout {
  const { assets } = graph;
  const kindOf = kindFinder(graph);
  const lanes = assignLanes(shown, index, kindOf);
  const names = groupAssets(assets, kindOf, grouping, index);
  const groups = groupsOf(lanes, names, assets);
  const groupOf = new Int32Array(assets.length).fill(-1);
  groups.forEach((group, at) => {
    for (const asset of group.assets) groupOf[asset] = at;
  });
  const ordered = orderBlocks(
    lanes.map((_lane, lane) => groups.flatMap((group, at) => (group.lane === lane ? [at] : []))),
    connectionsOf(groups, groupOf, index),
    groups.map((group) => group.assets.length),
  );
  const packed = bestPacking(ordered.map((lane) => lane.map((group) => groups[group] as Group)));
  return place(lanes, groups, ordered, packed, index, assets.length);
}

function groupsOf(
  lanes: readonly Lane[],
  names: readonly string[],
  assets: readonly PageAsset[],
): readonly Group[] {
  return lanes.flatMap((lane, at) =>
    [...groupBy(lane.assets, (asset) => names[asset] ?? "").entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inGroup]) => ({
        lane: at,
        name,
        assets: [...inGroup].sort((a, b) => compareNames(assets[a], assets[b])),
      })),
  );
}

function compareNames(a: PageAsset | undefined, b: PageAsset | undefined): number {
  const left = a?.name.toLowerCase() ?? "";
  const right = b?.name.toLowerCase() ?? "";
  return left < right ? -1 : left > right ? 1 : 0;
}

function connectionsOf(
  groups: readonly Group[],
  groupOf: Int32Array,
  { edges }: GraphIndex,
): readonly ReadonlyMap<number, number>[] {
  const connections = groups.map(() => new Map<number, number>());
  for (let edge = 0; edge < edges.length; edge += 2) {
    const from = groupOf[edges[edge] as number] as number;
    const to = groupOf[edges[edge + 1] as number] as number;
    if (from < 0 || to < 0 || from === to) continue;
    connections[from]?.set(to, (connections[from]?.get(to) ?? 0) + 1);
    connections[to]?.set(from, (connections[to]?.get(from) ?? 0) + 1);
  }
  return connections;
}

/** Tries heights until the picture has approximately the target aspect ratio. */
function bestPacking(lanes: readonly (readonly Group[])[]): readonly PackedLane[] {
  let best: readonly PackedLane[] = [];
  let bestDistance = Number.POSITIVE_INFINITY;
  const largest = Math.max(1, ...lanes.map((lane) => countOf(lane)));
  for (let rows = largest; rows >= 1; rows = Math.min(rows - 1, Math.floor(rows * 0.85))) {
    const packed = lanes.map((lane) => packLane(lane, rows));
    const { width, height } = placeLanes(packed);
    const distance = Math.abs(Math.log(width / height / wantedShape));
    // Beyond this point the picture only becomes wider.
    if (distance > bestDistance && width / height > wantedShape) break;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = packed;
    }
  }
  return best;
}

/** @param rows maximum height of the lane in rows of cards, without group headings */
function packLane(lane: readonly Group[], rows: number): PackedLane {
  const blocks = lane.map(({ assets }) => ({ count: assets.length }));
  const limit = blockHeight(rows, Number.POSITIVE_INFINITY);
  let columns = Math.max(1, Math.floor(countOf(lane) / rows));
  let packed = packBlocks(blocks, columns);
  while (packed.height > limit * 1.15 && columns < countOf(lane)) {
    columns = Math.max(columns + 1, Math.floor(columns * 1.1));
    packed = packBlocks(blocks, columns);
  }
  return packed;
}

function countOf(lane: readonly Group[]): number {
  return lane.reduce((sum, { assets }) => sum + assets.length, 0);
}

function place(
  lanes: readonly Lane[],
  groups: readonly Group[],
  ordered: readonly (readonly number[])[],
  packed: readonly PackedLane[],
  index: GraphIndex,
  count: number,
): MapLayout {
  const { width, height, frames } = placeLanes(packed);
  const x = new Float32Array(count).fill(Number.NaN);
  const y = new Float32Array(count).fill(Number.NaN);
  const blockOf = new Int32Array(count).fill(-1);
  const cardHeight = new Float32Array(count).fill(cardSize.height);
  const blocks = ordered.flatMap((lane, laneIndex) =>
    lane.map((groupIndex, at) => {
      const { name } = groups[groupIndex] as Group;
      const room = packed[laneIndex]?.blocks[at];
      const frame = frames[laneIndex];
      const title = lanes[laneIndex]?.title ?? "";
      return {
        id: `${title}/${name}`,
        lane: laneIndex,
        group: name,
        x: (frame?.x ?? 0) + (room?.x ?? 0),
        y: (frame?.y ?? 0) + (room?.y ?? 0),
        width: room?.width ?? 0,
        height: room?.height ?? 0,
        rows: room?.rows ?? 1,
        assets: groups[groupIndex]?.assets ?? [],
      };
    }),
  );
  const placedBlocks = blocks.map((block, blockIndex) => {
    const isSmall = block.assets.length <= mostByHeight;
    const assets = isSmall ? byHeightOfNeighbours(block.assets, index, y) : block.assets;
    // A single card has no frame.
    const left = block.x + blockSize.padding;
    const top = block.y + (assets.length === 1 ? 0 : blockSize.padding + blockSize.header);
    assets.forEach((asset, at) => {
      x[asset] = left + Math.floor(at / block.rows) * (cardSize.width + cardSize.gapX);
      y[asset] = top + (at % block.rows) * (cardSize.height + cardSize.gapY);
      blockOf[asset] = blockIndex;
    });
    return { ...block, assets };
  });
  return {
    width,
    height,
    blocks: placedBlocks,
    lanes: lanes.map(({ title, assets: inLane }, lane) => ({
      ...(frames[lane] as Rectangle),
      title,
      count: inLane.length,
    })),
    x,
    y,
    cardHeight,
    blockOf,
  };
}

/** Sorts the cards of a group by the height of their neighbors, as far as those are placed. */
function byHeightOfNeighbours(
  assets: readonly number[],
  index: GraphIndex,
  y: Float32Array,
): readonly number[] {
  const wanted = new Map(
    assets.map((asset) => {
      const heights = [...index.upstream(asset)]
        .map((other) => y[other] ?? 0)
        .filter((at) => !Number.isNaN(at));
      return [asset, heights.reduce((sum, at) => sum + at, 0) / Math.max(1, heights.length)] as const;
    }),
  );
  return [...assets].sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
}
