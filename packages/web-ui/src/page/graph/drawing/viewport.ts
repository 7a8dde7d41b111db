import type { Rectangle } from "../../../layout/map-layout.ts";

/** What part of the map is on the screen: the point in its upper left corner, and pixels for a unit of the map. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const smallestScale = 0.004;
const largestScale = 3;

/** Pixels at the bottom for what lies over the picture. */
const footHeight = 52;

/** Everything of a rectangle on the screen, in its middle. */
export function fitViewport(
  { x, y, width, height }: Rectangle,
  whole: Size,
  options: { readonly margin?: number; readonly largest?: number } = {},
): Viewport {
  const screen = { width: whole.width, height: Math.max(1, whole.height - footHeight) };
  const margin = options.margin ?? 28;
  const scale = clampScale(
    Math.min(
      (screen.width - 2 * margin) / width,
      (screen.height - 2 * margin) / height,
      options.largest ?? 1.15,
    ),
  );
  return {
    x: x + width / 2 - screen.width / 2 / scale,
    y: y + height / 2 - screen.height / 2 / scale,
    scale,
  };
}

/** Zooms so that what is under a point of the screen stays there. */
export function zoomAt(
  viewport: Viewport,
  factor: number,
  at: { readonly x: number; readonly y: number },
): Viewport {
  const scale = clampScale(viewport.scale * factor);
  return {
    x: viewport.x + at.x / viewport.scale - at.x / scale,
    y: viewport.y + at.y / viewport.scale - at.y / scale,
    scale,
  };
}

/** Moved by a number of pixels. */
export function panned(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x - dx / viewport.scale, y: viewport.y - dy / viewport.scale };
}

/** Part of the way from one to another, as an eye follows it: sizes change by factors. */
export function between(from: Viewport, to: Viewport, screen: Size, share: number): Viewport {
  const scale = from.scale * (to.scale / from.scale) ** share;
  const middle = (viewport: Viewport): { readonly x: number; readonly y: number } => ({
    x: viewport.x + screen.width / 2 / viewport.scale,
    y: viewport.y + screen.height / 2 / viewport.scale,
  });
  const a = middle(from);
  const b = middle(to);
  return {
    x: a.x + (b.x - a.x) * share - screen.width / 2 / scale,
    y: a.y + (b.y - a.y) * share - screen.height / 2 / scale,
    scale,
  };
}

function clampScale(scale: number): number {
  return Math.min(largestScale, Math.max(smallestScale, scale));
}
