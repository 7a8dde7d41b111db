import {
  drawClosedBlocks,
  drawLaneTitles,
  drawLitNames,
  drawOpenBlocks,
  drawOpenTitles,
} from "./draw-blocks.ts";
import { drawCards } from "./draw-cards.ts";
import { drawEdges, drawLitEdges } from "./draw-edges.ts";
import type { Scene } from "./scene.ts";

/** A whole frame; what is lit up is drawn over what is not. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene, pixelRatio: number): void {
  const { viewport, screen, colors, highlight } = scene;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.fillStyle = colors.background;
  context.fillRect(0, 0, screen.width, screen.height);
  const zoom = pixelRatio * viewport.scale;
  context.setTransform(zoom, 0, 0, zoom, -viewport.x * zoom, -viewport.y * zoom);
  drawOpenBlocks(context, scene);
  drawEdges(context, scene);
  if (highlight !== null) drawCards(context, scene, false);
  drawLitEdges(context, scene);
  drawCards(context, scene, true);
  drawClosedBlocks(context, scene);
  drawOpenTitles(context, scene);
  drawLitNames(context, scene);
  drawLaneTitles(context, scene);
}
