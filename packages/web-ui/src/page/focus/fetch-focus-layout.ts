import type { MapLayout } from "../../layout/map-layout.ts";
import type { FocusRequest } from "./build-focus-layout.ts";

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, { resolve(layout: MapLayout): void; reject(error: Error): void }>();

/** A layout by the library, made in a thread of its own: the page goes on meanwhile. Rejects when it cannot make one. */
export function fetchFocusLayout(request: FocusRequest): Promise<MapLayout> {
  worker ??= startWorker();
  const id = ++lastId;
  worker.postMessage({ id, request });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

/** Has the thread at hand before anybody asks: its script is fetched with the rest of the page. */
export function prepareFocusLayout(): void {
  worker ??= startWorker();
}

function startWorker(): Worker {
  const started = new Worker(new URL("./focus-worker.ts", import.meta.url), { type: "module" });
  started.onmessage = ({ data }: MessageEvent<FocusAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.layout === null) asked?.reject(new Error("The layout failed."));
    else asked?.resolve(data.layout);
  };
  started.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error("The layout failed."));
    waiting.clear();
    worker = null;
  };
  return started;
}

export interface FocusAnswer {
  readonly id: number;
  /** Null when it could not be made. */
  readonly layout: MapLayout | null;
}

export interface FocusQuestion {
  readonly id: number;
  readonly request: FocusRequest;
}
