import { getEnvironmentData, setEnvironmentData, threadId } from "node:worker_threads";

/** `globalThis` key of the shared memory that holds the ids of live threads. */
const key = "dagster-sigma.live-threads";

/** Maximum number of worker threads tracked at a time; further ones count as ended. */
const capacity = 1_024;

/** Marks an unused slot. The main thread has id 0, and needs no slot. */
const free = 0;

/** Lets threads that are started from now on see which others are alive. Call it before starting one. */
export function prepareThreads(): void {
  if (liveThreads() === null)
    setEnvironmentData(key, new SharedArrayBuffer(capacity * Int32Array.BYTES_PER_ELEMENT));
}

/** Marks a worker thread as alive; returns a function that marks it as ended. */
export function markThreadAlive(id: number): () => void {
  const ids = liveThreads();
  if (ids === null) return () => undefined;
  for (let place = 0; place < capacity; place++) {
    if (Atomics.compareExchange(ids, place, free, id) !== free) continue;
    return () => void Atomics.store(ids, place, free);
  }
  return () => undefined;
}

/** Whether a thread of this process is alive; null if unknown. */
export function isThreadAlive(id: number): boolean | null {
  if (id === 0 || id === threadId) return true;
  return liveThreads()?.includes(id) ?? null;
}

function liveThreads(): Int32Array | null {
  const memory = getEnvironmentData(key) as unknown;
  return memory instanceof SharedArrayBuffer ? new Int32Array(memory) : null;
}
