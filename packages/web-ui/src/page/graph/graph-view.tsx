import { effect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { picture, pictureFailure } from "../state/picture.ts";
import { view } from "../state/view-state.ts";
import { Welcome } from "../views/welcome.tsx";
import { ColumnPopover } from "./column-popover.tsx";
import { FocusBar } from "./focus-bar.tsx";
import { clickHit, doubleClickHit, fitPicture, setShownCanvas } from "./graph-actions.ts";
import { GraphCanvas } from "./graph-canvas.ts";
import { onGraphKey } from "./graph-keys.ts";
import { hovered, sceneContent, screenSize, viewport } from "./graph-state.ts";
import { GraphToolbar } from "./graph-toolbar.tsx";
import { Legend } from "./legend.tsx";
import { Minimap } from "./minimap.tsx";

/** The graph as a picture, with what belongs to it. */
export function GraphView(): VNode {
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
          This picture could not be laid out: {pictureFailure.value} The catalogue and the outline still show
          everything.
        </p>
      )}
      {count === 0 && picture.value !== null && (
        <p class="graph-message">Nothing matches. Change the selection above.</p>
      )}
      <FocusBar />
      <div class="graph-foot">
        <Legend />
        <GraphToolbar />
      </div>
      <Welcome />
      <Minimap />
      <ColumnPopover />
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
  const stopFitting = effect(() => {
    const current = picture.value;
    if (current === null) return;
    const { focus, selection, grouping, isTracing } = view.peek();
    const now = JSON.stringify([current.type, focus, selection, grouping, isTracing]);
    if (now === shownFor) return;
    const isFirst = shownFor === null;
    shownFor = now;
    fitPicture(isFirst);
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
