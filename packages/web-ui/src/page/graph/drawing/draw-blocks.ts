import { type Block, blockSize, cardSize } from "../../../layout/map-layout.ts";
import { colorOf } from "./colors.ts";
import { setFont } from "./draw-cards.ts";
import { fitPath, fitText, textWidth } from "./fit-text.ts";
import { litOf, litOfGroup } from "./highlight.ts";
import { isOnScreen, type Scene } from "./scene.ts";

/** Height of titles of lanes and groups at any zoom, in pixels; without room for it they are not drawn. */
const titleFont = 12;
const smallestTitle = 10;

/** What is below lines and cards: the frames of groups that are open. */
export function drawOpenBlocks(context: CanvasRenderingContext2D, scene: Scene): void {
  forEachVisible(scene, (block, at) => {
    // One card needs no frame.
    if (scene.open[at] !== true || block.assets.length === 1) return;
    const { scale } = scene.viewport;
    context.beginPath();
    context.roundRect(block.x, block.y, block.width, block.height, 10);
    context.fillStyle = scene.colors.frame;
    context.fill();
    context.lineWidth = (at === scene.hoveredBlock ? 1.6 : 1) / scale;
    context.strokeStyle = at === scene.hoveredBlock ? scene.colors.selected : scene.colors.border;
    context.stroke();
  });
}

/** Titles of groups that are open; where cards are only areas, in the middle of them. */
export function drawOpenTitles(context: CanvasRenderingContext2D, scene: Scene): void {
  const { scale } = scene.viewport;
  const areAreas = cardSize.height * scale < 12;
  const roomPixels = (blockSize.header + blockSize.padding) * scale;
  const size = Math.min(titleFont, Math.max(smallestTitle, roomPixels - 4)) / scale;
  if (!areAreas && roomPixels < smallestTitle + 3) return;
  setFont(context, size, 600);
  context.textBaseline = "middle";
  forEachVisible(scene, (block, at) => {
    if (scene.open[at] !== true || block.assets.length === 1) return;
    const title = `${block.group}  ${block.assets.length}`;
    if (areAreas) {
      if (block.height * scale < titleFont + 6) return;
      const text = fitPath(context, title, block.width - size);
      if (text !== "")
        drawPlate(context, scene, text, block.x + block.width / 2, block.y + block.height / 2, size);
      return;
    }
    context.fillStyle = scene.colors.muted;
    const middle = block.y + (blockSize.padding + blockSize.header) / 2;
    context.fillText(
      fitPath(context, title, block.width - 2 * blockSize.padding),
      block.x + blockSize.padding,
      middle,
    );
  });
}

/** A word on a plate of its own, over whatever is there. */
function drawPlate(
  context: CanvasRenderingContext2D,
  { colors }: Scene,
  text: string,
  x: number,
  y: number,
  size: number,
): void {
  const width = textWidth(context, text) + size;
  context.globalAlpha = 0.85;
  context.fillStyle = colors.surface;
  context.beginPath();
  context.roundRect(x - width / 2, y - size * 0.8, width, size * 1.6, size / 2);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = colors.text;
  context.textAlign = "center";
  context.fillText(text, x, y);
  context.textAlign = "start";
}

/** With more lit cards than this, names would hide the picture. */
const mostLitNames = 50;

/** Names of what is lit up, where its cards are too small to hold them: as many as do not stand over one another. */
export function drawLitNames(context: CanvasRenderingContext2D, scene: Scene): void {
  const { highlight, picture, viewport, open } = scene;
  const { scale } = viewport;
  if (highlight === null || cardSize.height * scale >= 12) return;
  const { layout } = picture;
  const lit = picture.assets.filter((asset) => {
    const block = layout.blockOf[asset] ?? -1;
    return litOf(highlight, asset) !== null && (block < 0 || open[block] === true);
  });
  if (lit.length > mostLitNames) return;
  const size = 10.5 / scale;
  setFont(context, size, 600);
  context.textBaseline = "middle";
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  for (const asset of lit) {
    const x = (layout.x[asset] ?? 0) + cardSize.width / 2;
    const y = (layout.y[asset] ?? 0) + (layout.cardHeight[asset] ?? 0) / 2;
    const text = fitText(context, picture.model.asset(asset).name, 150 / scale);
    const half = textWidth(context, text) / 2 + size / 2;
    const isFree = taken.every(
      (other) => Math.abs(other.y - y) > size * 1.6 || other.right < x - half || other.left > x + half,
    );
    if (text === "" || !isFree) continue;
    taken.push({ left: x - half, right: x + half, y });
    drawPlate(context, scene, text, x, y, size);
  }
}

/** Groups that are closed: over the lines, with a hint of the cards that are in them. */
export function drawClosedBlocks(context: CanvasRenderingContext2D, scene: Scene): void {
  forEachVisible(scene, (block, at) => {
    if (scene.open[at] === true) return;
    const isPointedAt = at === scene.hoveredBlock;
    const lit = isPointedAt ? 0 : litOfGroup(scene.highlight, block.assets).count;
    context.globalAlpha = scene.highlight === null || lit > 0 || isPointedAt ? 1 : 0.4;
    drawClosed(context, scene, block, { isHovered: isPointedAt, lit });
    context.globalAlpha = 1;
  });
}

function drawClosed(
  context: CanvasRenderingContext2D,
  scene: Scene,
  block: Block,
  { isHovered, lit }: { readonly isHovered: boolean; readonly lit: number },
): void {
  const { colors, picture, viewport } = scene;
  const { scale } = viewport;
  const kind = picture.model.kindOf(block.assets[0] ?? 0);
  const alpha = context.globalAlpha;
  context.beginPath();
  context.roundRect(block.x, block.y, block.width, block.height, 10);
  context.fillStyle = colors.surface;
  context.fill();
  drawHint(context, scene, block);
  context.globalAlpha = alpha;
  context.beginPath();
  context.roundRect(block.x, block.y, block.width, block.height, 10);
  context.lineWidth = (isHovered || lit > 0 ? 2.2 : 1.2) / scale;
  context.strokeStyle = isHovered || lit > 0 ? colors.selected : colorOf(colors, kind);
  context.stroke();
  const size = titleFont / scale;
  const isFlat = block.height * scale < 2.9 * titleFont;
  context.textBaseline = "middle";
  context.textAlign = "center";
  const middle = block.x + block.width / 2;
  const height = block.y + block.height / 2;
  const room = block.width - size;
  setFont(context, size, 600);
  const title = block.height * scale < titleFont + 3 ? "" : fitPath(context, block.group, room);
  const count = lit > 0 ? `${lit} of ${block.assets.length}` : countText(scene, block);
  if (title !== "") {
    const width = Math.min(block.width, textWidth(context, title) + size);
    const lines = isFlat ? 1.5 : 2.9;
    context.globalAlpha = alpha * 0.88;
    context.fillStyle = colors.surface;
    context.beginPath();
    context.roundRect(middle - width / 2, height - (lines / 2) * size, width, lines * size, size / 2);
    context.fill();
    context.globalAlpha = alpha;
    context.fillStyle = colors.text;
    context.fillText(title, middle, isFlat ? height : height - 0.65 * size);
  }
  if (title !== "" && !isFlat) {
    setFont(context, size * 0.92, 400);
    context.fillStyle = lit > 0 ? colors.selected : colors.muted;
    context.fillText(fitText(context, count, room), middle, height + 0.7 * size);
  }
  context.textAlign = "start";
}

/** How many, and how many of them are not in order. */
function countText({ picture }: Scene, { assets }: Block): string {
  const problems = assets.filter((asset) => picture.model.problemOf(asset) !== null).length;
  return problems === 0 ? String(assets.length) : `${assets.length} · ${problems} ⚠`;
}

/** Where the cards will be when it is opened. */
function drawHint(
  context: CanvasRenderingContext2D,
  { picture, colors, viewport }: Scene,
  block: Block,
): void {
  const { layout, model } = picture;
  // Large shapes without words would only be in the way.
  const alpha = Math.max(0.07, 0.3 - cardSize.height * viewport.scale * 0.008);
  context.globalAlpha *= alpha;
  context.fillStyle = colorOf(colors, model.kindOf(block.assets[0] ?? 0));
  for (const asset of block.assets)
    context.fillRect(layout.x[asset] ?? 0, layout.y[asset] ?? 0, cardSize.width, cardSize.height);
}

/** Above each lane what stands in it. */
export function drawLaneTitles(context: CanvasRenderingContext2D, scene: Scene): void {
  const { picture, viewport, colors } = scene;
  const size = 13 / viewport.scale;
  setFont(context, size, 700);
  context.textBaseline = "bottom";
  context.fillStyle = colors.muted;
  const { lanes } = picture.layout;
  for (const [at, { x, y, width, title, count }] of lanes.entries()) {
    const next = lanes[at + 1]?.x ?? 0;
    const room = next > x ? next - x - size : Math.max(width, size * 12);
    const number = `  ${count}`;
    const fitted = fitText(context, title, room - textWidth(context, number));
    if (fitted.length > 3) context.fillText(fitted + number, x, y - 8 / viewport.scale);
  }
}

function forEachVisible(scene: Scene, visit: (block: Block, at: number) => void): void {
  scene.picture.layout.blocks.forEach((block, at) => {
    if (isOnScreen(scene, block.x, block.y, block.width, block.height)) visit(block, at);
  });
}
