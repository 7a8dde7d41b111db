import type { Lane } from "../model/overview-part.ts";

/** What a box stands for. */
export type BoxType =
  /** A folder, a database or a schema, with everything in it. */
  | "group"
  /** The assets of an opened folder that are in none of its subfolders. */
  | "topLevel"
  /** One asset. */
  | "asset"
  /** The smaller folders of a folder. */
  | "moreGroups"
  /** The assets of a folder with fewer dependencies. */
  | "moreAssets"
  /** Connected assets of the lane that are in other folders than the part that is looked at. */
  | "elsewhere";

/** Assets that are drawn as one box. */
export interface Box {
  /** Unique in the picture, and the same after a reload. */
  readonly id: string;
  readonly type: BoxType;
  readonly lane: Lane;
  /** The place of the folder; of other boxes that of the folder that they are in. */
  readonly path: readonly string[];
  readonly assets: readonly number[];
  /** Number of folders or assets that the box stands for, of `moreGroups` and `moreAssets`. */
  readonly count: number;
}

/** A box with its place in the picture, in pixels. */
export interface PlacedBox extends Box {
  readonly name: string;
  /** Shown before the name, such as `shop.`; empty if the name is enough. */
  readonly parents: string;
  readonly y: number;
  readonly height: number;
}

/** Dependencies between two boxes, or between a box and the gate (`gate`). */
export interface Connection {
  readonly from: number | "gate";
  readonly to: number | "gate";
  readonly dependencies: number;
}

/** Whether a box stands for what the other boxes of its lane do not show. */
export function isRest({ type }: Pick<Box, "type">): boolean {
  return type === "moreGroups" || type === "moreAssets" || type === "elsewhere";
}

/** The name of an end of a connection. */
export function nameOfEnd({ boxes }: Overview, end: Connection["from"]): string {
  if (end === "gate") return "Read directly";
  const { parents = "", name = "" } = boxes[end] ?? {};
  return `${parents}${name}`;
}

/** A connection as it is drawn: from the right side of a box to the left side of another. */
export interface Ribbon extends Connection {
  readonly y1: number;
  readonly y2: number;
  readonly width: number;
}

/** The dependencies of products on sources without a model in between; they pass the middle lane together. */
export interface Gate {
  readonly dependencies: number;
  readonly y: number;
  readonly height: number;
}

export interface PlacedLane {
  readonly title: string;
  /** Number of its assets in the picture, and of all its assets. */
  readonly shown: number;
  readonly all: number;
  /** Indices of its boxes, from top to bottom. */
  readonly boxes: readonly number[];
}

/** The picture of all assets, or of a part of them. */
export interface Overview {
  readonly lanes: readonly [PlacedLane, PlacedLane, PlacedLane];
  readonly boxes: readonly PlacedBox[];
  readonly gate: Gate | null;
  readonly ribbons: readonly Ribbon[];
  /** Width of a ribbon of one dependency, in pixels. */
  readonly ribbonFactor: number;
  /** All connections, also those that are not drawn at rest. */
  readonly connections: readonly Connection[];
  /** Dependencies between shown assets, between lanes and in this direction. */
  readonly dependencies: number;
  /** Dependencies between boxes of one lane, which are drawn while a box is pointed at. */
  readonly withinLanes: number;
  /** Dependencies from a lane to one at its left, which are not drawn. */
  readonly backward: number;
  readonly width: number;
  readonly height: number;
  readonly laneWidth: number;
  /** Left edge of each lane. */
  readonly laneX: readonly [number, number, number];
  /** Index of the box of each asset; -1 if it is not in the picture. */
  readonly boxOf: Int32Array;
  /** Lane of each asset. */
  readonly laneOf: Uint8Array;
}
