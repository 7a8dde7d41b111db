import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Width and height of an element, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Keeps a signal at the inner size of an element, from the time when it is on the page. */
export function useMeasuredSize(
  element: { readonly current: HTMLElement | null },
  size: Signal<Size | null>,
): void {
  useEffect(() => {
    const measured = element.current;
    if (measured === null) return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = measured;
      const known = size.peek();
      if (known?.width !== width || known.height !== height) size.value = { width, height };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    measure();
    return () => observer.disconnect();
  }, []);
}
