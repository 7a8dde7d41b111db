import { useEffect } from "preact/hooks";

/** Lets the mouse drag an element that scrolls by its empty parts. Fingers scroll it by themselves. */
export function useDragToScroll(element: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const scrolled = element.current;
    if (scrolled === null) return;
    const stop = new AbortController();
    const { signal } = stop;
    const onDown = (event: PointerEvent): void => {
      const isPart =
        event.target instanceof Element && event.target.closest("button, a, .column-line") !== null;
      if (event.pointerType !== "mouse" || event.button !== 0 || isPart) return;
      scrolled.setPointerCapture(event.pointerId);
      scrolled.classList.add("dragged");
    };
    const onMove = (event: PointerEvent): void => {
      if (!scrolled.hasPointerCapture(event.pointerId)) return;
      scrolled.scrollLeft -= event.movementX;
      scrolled.scrollTop -= event.movementY;
    };
    scrolled.addEventListener("pointerdown", onDown, { signal });
    scrolled.addEventListener("pointermove", onMove, { signal });
    scrolled.addEventListener("lostpointercapture", () => scrolled.classList.remove("dragged"), { signal });
    return () => stop.abort();
  }, []);
}
