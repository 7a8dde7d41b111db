import { type Block, blockSize, cardSize } from "../../layout/map-layout.ts";
import { setFont } from "./draw-cards.ts";
import { fitPath, fitText, textWidth } from "./fit-text.ts";
import { litOfGroup } from "./highlight.ts";
import { isOnScreen, type Scene } from "./scene.ts";

/** Titles of lanes and groups have so many pixels at any zoom, or are not there. */
const titleFont = 12;

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

/** Titles of groups that are open, over the cards. */
export function drawOpenTitles(context: CanvasRenderingContext2D, scene: Scene): void {
  const { scale } = scene.viewport;
  const size = titleFont / scale;
  setFont(context, size, 600);
  context.textBaseline = "middle";
  forEachVisible(scene, (block, at) => {
    if (scene.open[at] !== true || block.assets.length === 1) return;
    const roomForTitle = blockSize.header * scale >= titleFont + 3;
    const width = block.width - 2 * blockSize.padding;
    const text = fitPath(context, `${block.group}  ${block.assets.length}`, width - size);
    if (text === "" || block.height * scale < titleFont + 6) return;
    const y = roomForTitle ? block.y + blockSize.padding / 2 + blockSize.header / 2 : block.y + size;
    if (!roomForTitle) {
      context.globalAlpha = 0.82;
      context.fillStyle = scene.colors.surface;
      context.fillRect(block.x, block.y, textWidth(context, text) + size, size * 1.9);
      context.globalAlpha = 1;
    }
    context.fillStyle = scene.colors.muted;
    context.fillText(text, block.x + (roomForTitle ? blockSize.padding : size / 2), y);
  });
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
  const kind = picture.model.asset(block.assets[0] ?? 0).kind;
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
  context.strokeStyle = isHovered || lit > 0 ? colors.selected : colors.kinds[kind];
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
  context.fillStyle = colors.kinds[model.asset(block.assets[0] ?? 0).kind];
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
    const fitted = fitText(context, `${title}  ${count}`, room);
    context.fillText(fitted === "" || fitted.length < 5 ? "" : fitted, x, y - 8 / viewport.scale);
  }
}

function forEachVisible(scene: Scene, visit: (block: Block, at: number) => void): void {
  scene.picture.layout.blocks.forEach((block, at) => {
    if (isOnScreen(scene, block.x, block.y, block.width, block.height)) visit(block, at);
  });
}
