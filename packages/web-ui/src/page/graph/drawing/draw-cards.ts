import type { AssetKind } from "@dagster-sigma/asset-graph/presentation";
import { groupBy } from "@dagster-sigma/foundation";
import { cardSize, columnRow } from "../../../layout/map-layout.ts";
import { markSigns } from "../../../model/change-marks.ts";
import type { PageAsset } from "../../../model/page-graph.ts";
import { colorOf } from "./colors.ts";
import { drawIcon } from "./draw-icon.ts";
import { fitText } from "./fit-text.ts";
import { type Lit, litOf } from "./highlight.ts";
import { isOnScreen, type Scene } from "./scene.ts";

/** Minimum size of names on cards, in pixels; smaller ones are not drawn. */
const smallestFont = 10;

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** Draws the cards on the screen: with names where there is room for them, else as areas in the color of their kind. */
export function drawCards(context: CanvasRenderingContext2D, scene: Scene, isLit: boolean): void {
  const { picture, viewport, highlight } = scene;
  const height = cardSize.height * viewport.scale;
  const visible = visibleAssets(scene).filter(
    (asset) => (highlight === null || litOf(highlight, asset) !== null) === isLit,
  );
  if (height < 12) {
    drawAreas(context, scene, visible, isLit);
    return;
  }
  context.globalAlpha = isLit ? 1 : 0.38;
  for (const asset of visible) drawCard(context, scene, asset, picture.model.asset(asset));
  context.globalAlpha = 1;
}

/** Assets whose cards are on the screen, in groups that are open. */
function visibleAssets(scene: Scene): readonly number[] {
  const { picture, open } = scene;
  const { layout } = picture;
  const isVisible = (asset: number): boolean =>
    isOnScreen(
      scene,
      layout.x[asset] ?? 0,
      layout.y[asset] ?? 0,
      cardSize.width,
      layout.cardHeight[asset] ?? 0,
    );
  if (layout.blocks.length === 0) return picture.assets.filter(isVisible);
  return layout.blocks.flatMap(({ x, y, width, height, assets }, block) =>
    open[block] === true && isOnScreen(scene, x, y, width, height) ? assets.filter(isVisible) : [],
  );
}

function drawAreas(
  context: CanvasRenderingContext2D,
  { picture, colors, highlight }: Scene,
  assets: readonly number[],
  isLit: boolean,
): void {
  const { layout, model } = picture;
  const byColor = groupBy(assets, (asset) =>
    litColorOf(colors, model.kindOf(asset), isLit ? litOf(highlight, asset) : null),
  );
  context.globalAlpha = isLit ? 0.85 : 0.18;
  for (const [color, same] of byColor) {
    context.fillStyle = color;
    for (const asset of same)
      context.fillRect(
        layout.x[asset] ?? 0,
        layout.y[asset] ?? 0,
        cardSize.width,
        layout.cardHeight[asset] ?? 0,
      );
  }
  context.globalAlpha = 1;
}

function litColorOf(colors: Scene["colors"], kind: AssetKind, lit: Lit): string {
  if (lit === "upstream" || lit === "downstream") return colors[lit];
  return lit === "center" ? colors.selected : colorOf(colors, kind);
}

function drawCard(context: CanvasRenderingContext2D, scene: Scene, at: number, asset: PageAsset): void {
  const { picture, colors, viewport, highlight, selected, hovered } = scene;
  const x = picture.layout.x[at] ?? 0;
  const y = picture.layout.y[at] ?? 0;
  const height = picture.layout.cardHeight[at] ?? cardSize.height;
  const { scale } = viewport;
  const kind = picture.model.kindOf(at);
  const color = colorOf(colors, kind);
  const lit = litOf(highlight, at);
  context.beginPath();
  context.roundRect(x, y, cardSize.width, height, 7);
  context.fillStyle = colors.surface;
  context.fill();
  context.lineWidth = (at === selected ? 2.5 : at === hovered || lit !== null ? 1.8 : 1) / scale;
  context.strokeStyle =
    at === selected || at === hovered
      ? colors.selected
      : lit === null
        ? colors.border
        : litColorOf(colors, kind, lit);
  if (asset.isStub) context.setLineDash([5, 3]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x, y, 5, height, [7, 0, 0, 7]);
  context.fill();
  drawIcon(context, kind, { x: x + 13, y: y + cardSize.height / 2 - 9, size: 18, color });
  drawProblem(context, scene, at, x, y);
  drawMark(context, scene, at, x, y);
  drawWords(context, scene, at, asset, x, y);
  drawRows(context, scene, at, x, y);
}

function drawProblem(
  context: CanvasRenderingContext2D,
  scene: Scene,
  at: number,
  x: number,
  y: number,
): void {
  const problem = scene.picture.model.problemOf(at);
  if (problem === null) return;
  context.fillStyle = scene.colors[problem];
  context.beginPath();
  context.arc(x + cardSize.width - 11, y + 12, 4.5, 0, 2 * Math.PI);
  context.fill();
}

/** A sign at the lower right corner, in a color of its own. */
function drawMark(context: CanvasRenderingContext2D, scene: Scene, at: number, x: number, y: number): void {
  const mark = scene.marks?.get(at);
  if (mark === undefined) return;
  const { colors } = scene;
  context.fillStyle = mark === "broken" ? colors.error : mark === "added" ? colors.good : colors.selected;
  setFont(context, Math.max(14, smallestFont / scene.viewport.scale), 700);
  context.textBaseline = "middle";
  context.fillText(markSigns[mark], x + cardSize.width - 20, y + cardSize.height - 13);
}

function drawWords(
  context: CanvasRenderingContext2D,
  scene: Scene,
  at: number,
  asset: PageAsset,
  x: number,
  y: number,
): void {
  const { scale } = scene.viewport;
  const left = x + 39;
  const room = cardSize.width - 39 - (scene.picture.model.problemOf(at) === null ? 10 : 24);
  const size = Math.max(13.5, smallestFont / scale);
  context.textBaseline = "middle";
  context.fillStyle = scene.colors.text;
  const detail = detailOf(scene, at, asset);
  // Two lines need the room of both.
  const hasDetail = detail !== "" && cardSize.height * scale >= 34;
  setFont(context, size, 600);
  context.fillText(fitText(context, asset.name, room), left, y + cardSize.height / 2 - (hasDetail ? 8.5 : 0));
  if (!hasDetail) return;
  setFont(context, Math.max(11.5, smallestFont / scale), 400);
  context.fillStyle =
    scene.litColumns.has(at) && scene.picture.type !== "trace" ? scene.colors.selected : scene.colors.muted;
  context.fillText(fitText(context, detail, cardSize.width - 48), left, y + cardSize.height / 2 + 10);
}

/** The columns that are lit up; else who owns it and how many columns it has. */
function detailOf({ litColumns, picture }: Scene, at: number, asset: PageAsset): string {
  const lit = picture.type === "trace" ? undefined : litColumns.get(at);
  if (lit !== undefined) {
    const [first = "", ...others] = lit;
    return others.length === 0 ? first : `${first} +${others.length}`;
  }
  const columns =
    asset.columns === 0 ? [] : [`${asset.columns} ${asset.columns === 1 ? "column" : "columns"}`];
  const owner = asset.owners[0]?.replace(/^team:/, "").replace(/@.*$/, "");
  return [...(owner === undefined ? [] : [owner]), ...columns].join(" · ");
}

function drawRows(context: CanvasRenderingContext2D, scene: Scene, at: number, x: number, y: number): void {
  const rows = scene.picture.rows.get(at);
  if (rows === undefined) return;
  setFont(context, Math.max(12, smallestFont / scene.viewport.scale), 400);
  rows.forEach((column, row) => {
    const top = y + cardSize.height + row * columnRow.height - 3;
    const isSelected = column === scene.selectedColumn;
    context.fillStyle = isSelected ? scene.colors.selected : scene.colors.frame;
    context.fillRect(x + 6, top, cardSize.width - 7, columnRow.height - 2);
    context.fillStyle = isSelected ? scene.colors.surface : scene.colors.text;
    const name = fitText(context, scene.columnName(column), cardSize.width - 24);
    context.fillText(name, x + 14, top + columnRow.height / 2);
  });
}

export function setFont(context: CanvasRenderingContext2D, size: number, weight: number): void {
  context.font = `${weight} ${Math.round(size * 10) / 10}px ${fontFamily}`;
}
