import type { AssetKind } from "@dagster-sigma/asset-graph/presentation";
import { iconPath } from "../../pictures/kind-look.ts";

const paths = new Map<string, Path2D>();

/** Draws an icon with its upper left corner at a point. */
export function drawIcon(
  context: CanvasRenderingContext2D,
  kind: AssetKind,
  at: { readonly x: number; readonly y: number; readonly size: number; readonly color: string },
): void {
  const lines = iconPath(kind);
  const path = paths.get(lines) ?? new Path2D(lines);
  paths.set(lines, path);
  const scale = at.size / 16;
  context.save();
  context.translate(at.x, at.y);
  context.scale(scale, scale);
  context.strokeStyle = at.color;
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.stroke(path);
  context.restore();
}
