import { effect } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { view } from "../state/view-state.ts";
import { FocusBar } from "./focus-bar.tsx";
import {
  bringIntoView,
  clickHit,
  doubleClickHit,
  fitPicture,
  isReadable,
  revealWanted,
  setShownCanvas,
} from "./graph-actions.ts";
import { GraphCanvas } from "./graph-canvas.ts";
import { onGraphKey } from "./graph-keys.ts";
import { hovered, sceneContent, screenSize, viewport } from "./graph-state.ts";
import { GraphToolbar } from "./graph-toolbar.tsx";
import { Legend } from "./legend.tsx";
import { Minimap } from "./minimap.tsx";
import { type Picture, picture, pictureFailure } from "./picture.ts";

/** The graph as a picture, with what belongs to it. @param props.children what lies over the picture */
export function GraphView({ children }: { readonly children?: ComponentChildren }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    return startGraph(canvas.current);
  }, []);
  const count = picture.value?.assets.length ?? 0;
  return (
    <div class="graph">
      <canvas
        ref={canvas}
        class="graph-canvas"
        tabIndex={0}
        role="application"
        aria-roledescription="asset graph"
        aria-label={`Asset graph with ${count} assets. Arrow keys follow the lines from asset to asset; the outline beside it lists the same as a tree.`}
        data-picture={picture.value?.type ?? "none"}
        data-assets={count}
        onKeyDown={onGraphKey}
      />
      {pictureFailure.value !== null && (
        <p class="graph-message" role="alert">
          This picture could not be laid out: {pictureFailure.value} The catalog and the outline still show
          everything.
        </p>
      )}
      {count === 0 && picture.value !== null && (
        <p class="graph-message">
          {view.value.selection === ""
            ? "There are no assets yet: what the definitions define appears here."
            : "Nothing is selected. Change the selection above."}
        </p>
      )}
      <FocusBar />
      <div class="graph-foot">
        <Legend />
        <GraphToolbar />
      </div>
      <Minimap />
      {children}
    </div>
  );
}

/** Connects a canvas with what is to be seen. Returns a function that stops it. */
function startGraph(element: HTMLCanvasElement): () => void {
  const graph = new GraphCanvas({
    canvas: element,
    onClick: clickHit,
    onDoubleClick: doubleClickHit,
    onHover: (hit) => {
      const before = hovered.peek();
      if (JSON.stringify(before) !== JSON.stringify(hit)) hovered.value = hit;
      element.style.cursor =
        hit.type === "asset" || (hit.type === "block" && hit.isTitle) ? "pointer" : "grab";
    },
    onViewport: (next) => {
      viewport.value = next;
    },
  });
  setShownCanvas(graph);
  const resized = new ResizeObserver(() => {
    screenSize.value = graph.screen;
  });
  resized.observe(element);
  screenSize.value = graph.screen;
  // What was on the screen stays where it is, unless other assets are shown.
  let shownFor: string | null = null;
  let before: Picture | null = null;
  const stopFitting = effect(() => {
    const current = picture.value;
    const revealed = revealWanted.value;
    if (current === null) return;
    const { focus, selection, grouping, isTracing, asset } = view.peek();
    const now = JSON.stringify([current.type, focus, selection, grouping, isTracing]);
    const isFirst = shownFor === null;
    if (now !== shownFor) fitPicture(isFirst);
    else if (before !== null && before.model !== current.model) {
      hovered.value = { type: "nothing" };
      graph.shift(movedBy(before, current, graph));
    }
    shownFor = now;
    before = current;
    // An address that names an asset shows it, where not everything can be read anyway.
    if (isFirst && revealed === null && asset !== null && current.type === "map" && !isReadable())
      revealWanted.value = asset;
    // Panels beside it take their place first.
    if (revealWanted.value !== null) afterLayout(() => bringIntoView(isFirst));
  });
  const stopDrawing = effect(() => {
    if (sceneContent.value !== null) graph.show(sceneContent.value);
  });
  return () => {
    stopDrawing();
    stopFitting();
    resized.disconnect();
    setShownCanvas(null);
    graph.close();
  };
}

function afterLayout(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}

/** How far the selected asset, else the one nearest to the middle of the screen, stands from where it stood before. */
function movedBy(
  before: Picture,
  now: Picture,
  { viewport: { x, y, scale }, screen }: GraphCanvas,
): { readonly dx: number; readonly dy: number } {
  const selected = before.model.indexOf(view.peek().asset ?? "");
  const middleX = x + screen.width / 2 / scale;
  const middleY = y + screen.height / 2 / scale;
  const distance = (asset: number): number =>
    Math.hypot((before.layout.x[asset] ?? 0) - middleX, (before.layout.y[asset] ?? 0) - middleY);
  const stays = before.assets.filter((asset) => now.model.indexOf(before.model.asset(asset).key) !== null);
  const anchor =
    selected !== null && stays.includes(selected)
      ? selected
      : stays.reduce<number | null>(
          (nearest, asset) => (nearest === null || distance(asset) < distance(nearest) ? asset : nearest),
          null,
        );
  const then = anchor === null ? null : now.model.indexOf(before.model.asset(anchor).key);
  if (anchor === null || then === null || Number.isNaN(now.layout.x[then])) return { dx: 0, dy: 0 };
  return {
    dx: (now.layout.x[then] ?? 0) - (before.layout.x[anchor] ?? 0),
    dy: (now.layout.y[then] ?? 0) - (before.layout.y[anchor] ?? 0),
  };
}
