import type { Rectangle } from "../../layout/map-layout.ts";
import { prefersReducedMotion } from "../state/theme.ts";
import { drawScene } from "./drawing/draw-scene.ts";
import { type Hit, hitTest } from "./drawing/hit-test.ts";
import type { Scene } from "./drawing/scene.ts";
import { between, fitViewport, panned, type Size, type Viewport, zoomAt } from "./drawing/viewport.ts";
import { listenToPointers } from "./pointer-input.ts";

export interface GraphCanvasOptions {
  readonly canvas: HTMLCanvasElement;
  /** Told what is clicked. */
  readonly onClick: (hit: Hit) => void;
  readonly onDoubleClick: (hit: Hit) => void;
  readonly onHover: (hit: Hit) => void;
  /** Told after the part of the map that is seen has changed. */
  readonly onViewport: (viewport: Viewport) => void;
}

/** What a scene is made of besides the part of the map that is seen. */
export type SceneContent = Omit<Scene, "viewport" | "screen">;

/** Duration of a movement, in ms: long enough to see where it goes. */
const animationMs = 150;

/** A canvas that shows a picture: zooms, pans, and reports what is pointed at. Draws at most once per frame. */
export class GraphCanvas {
  readonly #options: GraphCanvasOptions;
  readonly #context: CanvasRenderingContext2D;
  readonly #stops: (() => void)[] = [];
  #content: SceneContent | null = null;
  #viewport: Viewport = { x: 0, y: 0, scale: 1 };
  #screen: Size = { width: 1, height: 1 };
  #frame = 0;
  #animation = 0;
  #clicked: Hit = { type: "nothing" };
  /** Whether anybody has done anything to the picture yet. */
  #hasInput = false;
  #windowSize = "";
  /** What was fitted last, until the user moves the picture: it is fitted again when the canvas changes its size. */
  #fitted: Rectangle | null = null;

  constructor(options: GraphCanvasOptions) {
    this.#options = options;
    const context = options.canvas.getContext("2d", { alpha: false });
    if (context === null) throw new Error("This browser draws nothing on a canvas.");
    this.#context = context;
    const at = (x: number, y: number): Hit => this.#hit(x, y);
    this.#stops.push(
      listenToPointers(options.canvas, {
        hover: (x, y) => options.onHover(at(x, y)),
        leave: () => options.onHover({ type: "nothing" }),
        click: (x, y) => {
          // What the first click does may move what lies under the second.
          this.#clicked = at(x, y);
          options.onClick(this.#clicked);
        },
        press: () => {
          this.#hasInput = true;
        },
        doubleClick: () => options.onDoubleClick(this.#clicked),
        pan: (dx, dy) => this.pan(dx, dy),
        zoom: (factor, x, y) => this.zoom(factor, { x, y }),
      }),
    );
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(options.canvas);
    this.#stops.push(() => observer.disconnect());
    this.#resize();
  }

  get screen(): Size {
    return this.#screen;
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  show(content: SceneContent): void {
    this.#content = content;
    this.#draw();
  }

  /** Shows a rectangle of the map, moving there unless motion is not wanted. */
  fit(rectangle: Rectangle, options: { readonly largest?: number; readonly isInstant?: boolean } = {}): void {
    this.moveTo(fitViewport(rectangle, this.#screen, options), options.isInstant === true);
    this.#fitted = rectangle;
  }

  moveTo(target: Viewport, isInstant = false): void {
    this.#stopMoving();
    if (isInstant || prefersReducedMotion()) {
      this.#setViewport(target);
      return;
    }
    const from = this.#viewport;
    const startedMs = performance.now();
    const step = (): void => {
      const share = Math.min(1, (performance.now() - startedMs) / animationMs);
      this.#setViewport(between(from, target, this.#screen, 1 - (1 - share) ** 3));
      if (share < 1) this.#animation = requestAnimationFrame(step);
    };
    step();
  }

  /** @param at in pixels of the canvas; default: its middle */
  zoom(
    factor: number,
    at: { readonly x: number; readonly y: number } = {
      x: this.#screen.width / 2,
      y: this.#screen.height / 2,
    },
  ): void {
    this.#stopMoving();
    this.#setViewport(zoomAt(this.#viewport, factor, at));
  }

  pan(dx: number, dy: number): void {
    this.#stopMoving();
    this.#setViewport(panned(this.#viewport, dx, dy));
  }

  /** Follows things that stand elsewhere now, in units of the map. */
  shift({ dx, dy }: { readonly dx: number; readonly dy: number }): void {
    this.#setViewport({ ...this.#viewport, x: this.#viewport.x + dx, y: this.#viewport.y + dy });
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#animation);
    for (const stop of this.#stops) stop();
  }

  #stopMoving(): void {
    cancelAnimationFrame(this.#animation);
    this.#fitted = null;
  }

  #setViewport(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#options.onViewport(viewport);
    this.#draw();
  }

  #hit(x: number, y: number): Hit {
    if (this.#content === null) return { type: "nothing" };
    const { picture, open } = this.#content;
    const { viewport } = this;
    return hitTest(picture, open, viewport.x + x / viewport.scale, viewport.y + y / viewport.scale);
  }

  #resize(): void {
    const { canvas } = this.#options;
    const { clientWidth, clientHeight } = canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    const windowSize = `${innerWidth} ${innerHeight}`;
    const isOfWindow = windowSize !== this.#windowSize;
    this.#windowSize = windowSize;
    this.#screen = { width: clientWidth, height: clientHeight };
    canvas.width = Math.round(clientWidth * devicePixelRatio);
    canvas.height = Math.round(clientHeight * devicePixelRatio);
    // A panel that opens beside it covers some of the picture and moves none of it.
    if (this.#fitted !== null && (isOfWindow || !this.#hasInput)) {
      cancelAnimationFrame(this.#animation);
      this.#viewport = fitViewport(this.#fitted, this.#screen);
    }
    this.#options.onViewport(this.#viewport);
    this.#paint();
  }

  #draw(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    if (this.#content === null) return;
    const { x, y, scale } = this.#viewport;
    // Where things are on the screen can be worked out from outside, as tests do.
    this.#options.canvas.dataset["viewport"] = `${x} ${y} ${scale}`;
    const scene: Scene = { ...this.#content, viewport: this.#viewport, screen: this.#screen };
    drawScene(this.#context, scene, devicePixelRatio);
  }
}
