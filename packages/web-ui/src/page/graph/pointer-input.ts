/** What hands and wheels do, in pixels from the upper left corner of the element. */
export interface PointerActions {
  hover(x: number, y: number): void;
  leave(): void;
  /** A button or a finger goes down. */
  press(): void;
  click(x: number, y: number): void;
  /** In place of a second click. */
  doubleClick(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
}

/** Less than this, in pixels, is a click. */
const dragThreshold = 4;

/** Two clicks within this time are a double click. */
const doubleClickMs = 400;

const noClick = { timeMs: Number.NEGATIVE_INFINITY, x: 0, y: 0 };

/** Turns events of pointers into actions: one that moves pans, two pinch, a wheel zooms. Returns a function that stops it. */
export function listenToPointers(element: HTMLElement, actions: PointerActions): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let lastClick = noClick;
  let isNextClickSwallowed = false;
  const placeOf = ({ clientX, clientY }: MouseEvent): { x: number; y: number } => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, placeOf(event));
    if (pointers.size === 1) moved = 0;
    actions.press();
  };
  const onMove = (event: PointerEvent): void => {
    const now = placeOf(event);
    const before = pointers.get(event.pointerId);
    if (before === undefined) {
      actions.hover(now.x, now.y);
      return;
    }
    const dx = now.x - before.x;
    const dy = now.y - before.y;
    moved += Math.abs(dx) + Math.abs(dy);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other === undefined) {
      if (moved > dragThreshold) actions.pan(dx, dy);
    } else {
      const apart = (point: { x: number; y: number }): number =>
        Math.hypot(point.x - other.x, point.y - other.y);
      actions.zoom(apart(now) / Math.max(1, apart(before)), (now.x + other.x) / 2, (now.y + other.y) / 2);
      actions.pan(dx / 2, dy / 2);
    }
    pointers.set(event.pointerId, now);
  };
  const onUp = (event: PointerEvent): void => {
    const wasDown = pointers.delete(event.pointerId);
    if (event.type !== "pointerup" || !wasDown || pointers.size > 0 || moved > dragThreshold) return;
    const { x, y } = placeOf(event);
    const second = isSecond(event);
    lastClick = second ? noClick : { timeMs: event.timeStamp, x: event.clientX, y: event.clientY };
    if (second) actions.doubleClick();
    else actions.click(x, y);
  };
  const isSecond = ({ timeStamp, clientX, clientY }: PointerEvent): boolean =>
    timeStamp - lastClick.timeMs < doubleClickMs &&
    Math.hypot(clientX - lastClick.x, clientY - lastClick.y) < 8;
  // What the first click opens may lie under the pointer by the second, and must not take it for its own.
  const onDownElsewhere = (event: PointerEvent): void => {
    if (event.composedPath().includes(element) || !isSecond(event)) return;
    lastClick = noClick;
    isNextClickSwallowed = true;
    event.stopPropagation();
    event.preventDefault();
    actions.doubleClick();
  };
  const onClickElsewhere = (event: MouseEvent): void => {
    if (!isNextClickSwallowed) return;
    isNextClickSwallowed = false;
    event.stopPropagation();
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = placeOf(event);
    // A wheel counts in lines in some browsers; a finger on a touchpad pans with both axes.
    const unit = event.deltaMode === 1 ? 16 : 1;
    if (event.shiftKey) actions.pan(-(event.deltaX || event.deltaY) * unit, 0);
    else actions.zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016)), x, y);
  };
  document.addEventListener("pointerdown", onDownElsewhere, { signal, capture: true });
  document.addEventListener("click", onClickElsewhere, { signal, capture: true });
  element.addEventListener("pointerdown", onDown, { signal });
  element.addEventListener("pointermove", onMove, { signal });
  element.addEventListener("pointerup", onUp, { signal });
  element.addEventListener("pointercancel", onUp, { signal });
  element.addEventListener("pointerleave", () => actions.leave(), { signal });
  element.addEventListener("wheel", onWheel, { signal, passive: false });
  return () => stop.abort();
}
