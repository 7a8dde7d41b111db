import type { EdgeBundles } from "../../../layout/bundle-edges.ts";
import type { ChangeMark } from "../../../model/change-marks.ts";
import type { Picture } from "../picture.ts";
import type { Colors } from "./colors.ts";
import type { Highlight } from "./highlight.ts";
import type { Size, Viewport } from "./viewport.ts";

/** Everything that a frame is drawn from. */
export interface Scene {
  readonly picture: Picture;
  /** Whether a group shows its cards, by index of the block. */
  readonly open: readonly boolean[];
  /** Lines between cards and closed groups. */
  readonly bundles: EdgeBundles;
  /** Lines between groups as if all were closed, for when cards are too small to see. */
  readonly overview: EdgeBundles;
  /** What is lit up; null when nothing is. */
  readonly highlight: Highlight | null;
  /** How assets differ from a graph of the past; null if none is compared. */
  readonly marks: ReadonlyMap<number, ChangeMark> | null;
  readonly selected: number | null;
  readonly hovered: number | null;
  readonly hoveredBlock: number | null;
  /** Names of the columns that are lit up, by asset. */
  readonly litColumns: ReadonlyMap<number, readonly string[]>;
  readonly columnName: (column: number) => string;
  readonly selectedColumn: number | null;
  readonly viewport: Viewport;
  readonly screen: Size;
  readonly colors: Colors;
}

/** Whether a rectangle of the map is on the screen. */
export function isOnScreen(
  { viewport, screen }: Pick<Scene, "viewport" | "screen">,
  x: number,
  y: number,
  width: number,
  height: number,
): boolean {
  return (
    x < viewport.x + screen.width / viewport.scale &&
    y < viewport.y + screen.height / viewport.scale &&
    x + width > viewport.x &&
    y + height > viewport.y
  );
}
