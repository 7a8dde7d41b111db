import { getEnvironmentData, setEnvironmentData, threadId } from "node:worker_threads";

/** Under this key all threads of the process find the shared memory with the ids of those that live. */
const key = "dagster-sigma.live-threads";

/** Most worker threads that are known at a time; a further one counts as not known. */
const capacity = 1_024;

/** The main thread has the id 0, and needs no place. */
const free = 0;

/** Makes the threads that are started from now on known to each other. Call it before starting one. */
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

/** Whether a thread of this process lives; null where that is not known. */
export function isThreadAlive(id: number): boolean | null {
  if (id === 0 || id === threadId) return true;
  return liveThreads()?.includes(id) ?? null;
}

function liveThreads(): Int32Array | null {
  const memory = getEnvironmentData(key) as unknown;
  return memory instanceof SharedArrayBuffer ? new Int32Array(memory) : null;
}
