import type { Rectangle } from "./map-layout.ts";
import type { PackedLane } from "./pack-blocks.ts";

/** Space above the lanes of a band for their titles. */
const titleHeight = 40;
const bandGap = 70;
/** Gap between lanes as a share of their width, for lines; limited by the bounds below, in map units. */
const gapShare = 0.055;
const smallestGap = 60;
const largestGap = 900;

/** Maximum aspect ratio of a single band. */
const widestShape = 3;
const wantedShape = 1.8;

export interface PlacedLanes {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Rectangle[];
}

/** Places lanes side by side; wraps them into several bands if they would form a narrow strip. */
export function placeLanes(lanes: readonly PackedLane[]): PlacedLanes {
  const inOne = placeInBands(lanes, Number.POSITIVE_INFINITY);
  if (inOne.width / inOne.height <= widestShape || lanes.length < 8) return inOne;
  const area = inOne.width * (inOne.height + bandGap);
  return placeInBands(lanes, Math.sqrt(area * wantedShape));
}

function placeInBands(lanes: readonly PackedLane[], widest: number): PlacedLanes {
  const gap = gapOf(lanes);
  const frames: Rectangle[] = [];
  let band: { readonly lane: PackedLane; readonly x: number }[] = [];
  let x = 0;
  let y = 0;
  let width = 0;
  const endBand = (): void => {
    const height = Math.max(...band.map(({ lane }) => lane.height));
    for (const { lane, x: left } of band) {
      const top = y + titleHeight + (height - lane.height) / 2;
      frames.push({ x: left, y: top, width: lane.width, height: lane.height });
    }
    width = Math.max(width, x - gap);
    y += titleHeight + height + bandGap;
    band = [];
    x = 0;
  };
  for (const lane of lanes) {
    if (band.length > 0 && x + lane.width > widest) endBand();
    band.push({ lane, x });
    x += lane.width + gap;
  }
  if (band.length > 0) endBand();
  return { width: Math.max(1, width), height: Math.max(1, y - bandGap), frames };
}

function gapOf(lanes: readonly PackedLane[]): number {
  const width = lanes.reduce((sum, lane) => sum + lane.width, 0);
  return Math.min(largestGap, Math.max(smallestGap, width * gapShare));
}
