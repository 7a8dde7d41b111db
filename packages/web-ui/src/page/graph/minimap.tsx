import { effect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { cardSize } from "../../layout/map-layout.ts";
import { theme } from "../state/theme.ts";
import { colorOf, readColors } from "./drawing/colors.ts";
import { screenSize, viewport } from "./graph-state.ts";
import { picture } from "./picture.ts";

const width = 170;

/** The whole picture, small, with what is on the screen of it; there only while that is not all. */
export function Minimap(): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => effect(() => draw(canvas.current)), []);
  return <canvas ref={canvas} class="minimap" aria-hidden="true" />;
}

function draw(canvas: HTMLCanvasElement | null): void {
  const current = picture.value;
  const { x, y, scale } = viewport.value;
  const screen = screenSize.value;
  void theme.value;
  if (canvas === null || current === null) return;
  const { layout, model, assets } = current;
  const seenWidth = screen.width / scale;
  const seenHeight = screen.height / scale;
  const isAllSeen = seenWidth >= layout.width * 0.98 && seenHeight >= layout.height * 0.98;
  canvas.hidden = isAllSeen;
  const context = canvas.getContext("2d");
  if (isAllSeen || context === null) return;
  const colors = readColors();
  const zoom = Math.min(width / layout.width, 120 / layout.height);
  canvas.width = Math.ceil(layout.width * zoom * devicePixelRatio);
  canvas.height = Math.ceil(layout.height * zoom * devicePixelRatio);
  canvas.style.width = `${Math.ceil(layout.width * zoom)}px`;
  canvas.style.height = `${Math.ceil(layout.height * zoom)}px`;
  context.scale(zoom * devicePixelRatio, zoom * devicePixelRatio);
  context.globalAlpha = 0.55;
  for (const block of layout.blocks) {
    context.fillStyle = colorOf(colors, model.kindOf(block.assets[0] ?? 0));
    context.fillRect(block.x, block.y, block.width, block.height);
  }
  if (layout.blocks.length === 0) {
    for (const asset of assets) {
      context.fillStyle = colorOf(colors, model.kindOf(asset));
      context.fillRect(
        layout.x[asset] ?? 0,
        layout.y[asset] ?? 0,
        cardSize.width,
        layout.cardHeight[asset] ?? 0,
      );
    }
  }
  context.globalAlpha = 1;
  context.strokeStyle = colors.selected;
  context.lineWidth = 2 / zoom;
  context.strokeRect(x, y, seenWidth, seenHeight);
}
