import type { EdgeBundles } from "../../../layout/bundle-edges.ts";
import { cardSize } from "../../../layout/map-layout.ts";
import { setFont } from "./draw-cards.ts";
import { columnLine, type EdgeLine, edgeLine, traceLine } from "./edge-line.ts";
import { textWidth } from "./fit-text.ts";
import { type Lit, litOf, litOfGroup } from "./highlight.ts";
import { isOnScreen, type Scene } from "./scene.ts";

/** Cards less high than this, in pixels, are seen as areas: lines lead to their groups. */
const smallestCard = 5;

/** With more lines than this, counts would hide the picture. */
const mostCounts = 60;

/** As many curves are drawn in one go. */
const batchSize = 150;

/** More lines than this would be one gray area: they lead to groups until cards are high enough for names. */
const mostLines = 4_000;
const namedCard = 12;

/** The lines of the picture at this zoom. */
function linesAt({ viewport, picture, bundles, overview }: Scene, isAll: boolean): EdgeBundles {
  const smallest = isAll && bundles.count > mostLines ? namedCard : smallestCard;
  const isSmall = cardSize.height * viewport.scale < smallest;
  return isSmall && picture.layout.blocks.length > 0 ? overview : bundles;
}

/** All lines, pale; where something is lit up even paler. */
export function drawEdges(context: CanvasRenderingContext2D, scene: Scene): void {
  const { picture, viewport, colors, highlight } = scene;
  if (picture.type === "trace") {
    drawColumnEdges(context, scene);
    return;
  }
  const lines = linesAt(scene, true);
  const crowd = Math.max(0.25, Math.min(1, 14 / Math.sqrt(lines.count + 1)));
  context.strokeStyle = colors.edge;
  context.globalAlpha = highlight === null ? Math.max(0.22, 0.9 * crowd) : 0.12;
  const byWidth = new Map<number, EdgeLine[]>();
  for (let at = 0; at < lines.count; at++) {
    const line = edgeLine(picture.layout, lines.from[at] as number, lines.to[at] as number);
    if (!isLineOnScreen(scene, line)) continue;
    const width = widthOf(lines.size[at] as number);
    const same = byWidth.get(width);
    if (same === undefined) byWidth.set(width, [line]);
    else same.push(line);
  }
  for (const [width, same] of byWidth) {
    context.lineWidth = width / viewport.scale;
    strokeAll(context, same);
  }
  context.globalAlpha = 1;
}

/** Lines along which something is lit up, over everything that is not. */
export function drawLitEdges(context: CanvasRenderingContext2D, scene: Scene): void {
  const { picture, viewport, colors, highlight } = scene;
  if (highlight === null || picture.type === "trace") return;
  const lines = linesAt(scene, false);
  const found: Record<"upstream" | "downstream", Map<number, EdgeLine[]>> = {
    upstream: new Map(),
    downstream: new Map(),
  };
  const counted: { readonly line: EdgeLine; readonly size: number }[] = [];
  for (let at = 0; at < lines.count; at++) {
    const from = litEnd(scene, lines.from[at] as number);
    const to = litEnd(scene, lines.to[at] as number);
    const side = sideOfLine(from, to);
    if (side === null) continue;
    const line = edgeLine(picture.layout, lines.from[at] as number, lines.to[at] as number);
    if (!isLineOnScreen(scene, line)) continue;
    const size = lines.size[at] as number;
    if (size > 1) counted.push({ line, size });
    const width = widthOf(size) + 0.8;
    const same = found[side].get(width);
    if (same === undefined) found[side].set(width, [line]);
    else same.push(line);
  }
  for (const side of ["upstream", "downstream"] as const) {
    context.strokeStyle = colors[side];
    context.globalAlpha = 0.9;
    for (const [width, same] of found[side]) {
      context.lineWidth = width / viewport.scale;
      strokeAll(context, same);
    }
  }
  context.globalAlpha = 1;
  if (counted.length <= mostCounts) drawCounts(context, scene, counted);
}

/** How many edges a line stands for, in its middle. */
function drawCounts(
  context: CanvasRenderingContext2D,
  { viewport, colors }: Scene,
  counted: readonly { readonly line: EdgeLine; readonly size: number }[],
): void {
  const size = 11 / viewport.scale;
  setFont(context, size, 600);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { line, size: count } of counted) {
    const x = (line.x1 + line.x2) / 2;
    const y = (line.y1 + line.y2) / 2;
    const width = textWidth(context, String(count)) + size * 0.8;
    context.fillStyle = colors.surface;
    context.beginPath();
    context.roundRect(x - width / 2, y - size * 0.75, width, size * 1.5, size * 0.75);
    context.fill();
    context.fillStyle = colors.text;
    context.fillText(String(count), x, y);
  }
  context.textAlign = "start";
}

function sideOfLine(from: Lit, to: Lit): "upstream" | "downstream" | null {
  const isAbove = (lit: Lit): boolean => lit === "upstream" || lit === "center";
  const isBelow = (lit: Lit): boolean => lit === "downstream" || lit === "center";
  if (isAbove(from) && isAbove(to)) return "upstream";
  return isBelow(from) && isBelow(to) ? "downstream" : null;
}

/** Whether an end of a line is lit up: of a group, whether anything in it is. */
function litEnd({ picture, highlight }: Scene, code: number): Lit {
  if (code >= 0) return litOf(highlight, code);
  return litOfGroup(highlight, picture.layout.blocks[-code - 1]?.assets ?? []).lit;
}

function drawColumnEdges(context: CanvasRenderingContext2D, { picture, viewport, colors }: Scene): void {
  const places = new Map<number, { readonly asset: number; readonly row: number }>();
  for (const [asset, columns] of picture.rows)
    for (const [row, column] of columns.entries()) places.set(column, { asset, row });
  const lines: EdgeLine[] = [];
  for (let at = 0; at < picture.columnEdges.length; at += 2) {
    const from = places.get(picture.columnEdges[at] as number);
    const to = places.get(picture.columnEdges[at + 1] as number);
    if (from !== undefined && to !== undefined) lines.push(columnLine(picture.layout, from, to));
  }
  context.strokeStyle = colors.selected;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.4 / viewport.scale;
  strokeAll(context, lines);
  context.globalAlpha = 1;
}

function widthOf(size: number): number {
  return size === 1 ? 1 : Math.min(7, 1 + Math.log2(size) * 0.75);
}

function isLineOnScreen(scene: Scene, { x1, y1, x2, y2, bend, wayOut, wayIn }: EdgeLine): boolean {
  const left = Math.min(wayOut?.x ?? x1, x1, x2 - bend);
  const right = Math.max(wayIn?.x ?? x2, x2, x1 + bend);
  const heights = [y1, y2, wayOut?.y ?? y1, wayIn?.y ?? y2];
  const top = Math.min(...heights);
  return isOnScreen(scene, left, top, right - left, Math.max(...heights) - top || 1);
}

function strokeAll(context: CanvasRenderingContext2D, lines: readonly EdgeLine[]): void {
  for (let start = 0; start < lines.length; start += batchSize) {
    context.beginPath();
    for (const line of lines.slice(start, start + batchSize)) traceLine(context, line);
    context.stroke();
  }
}
