import { Worker } from "node:worker_threads";

/**
 * Program of the thread, in CommonJS. It is text, so that the thread starts without a module loader, also in bundled programs. It
 * writes the same bytes again: the file system's clock, which all machines that share the folder see, then sets the modification
 * time. It stops when the lock belongs to another process.
 */
const program = `
const { constants, closeSync, openSync, readFileSync, writeSync } = require("node:fs");
const { lock, text, everyMs } = require("node:worker_threads").workerData;
const beat = () => {
  let file;
  try {
    file = openSync(lock, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (readFileSync(file, "utf8") !== text) return clearInterval(timer);
    writeSync(file, text, 0);
  } catch (thrown) {
    if (thrown.code === "ENOENT") clearInterval(timer);
  } finally {
    if (file !== undefined) closeSync(file);
  }
};
const timer = setInterval(beat, everyMs);
`;

/** What the thread updates. */
export interface Heartbeat {
  readonly lock: string;
  /** The content of the lock. */
  readonly text: string;
  readonly everyMs: number;
}

/**
 * Updates the modification time of a lock from a separate thread, so that a busy event loop does not delay it. Returns a
 * function that stops it.
 */
export function startHeartbeat(workerData: Heartbeat): () => void {
  // Options of the process may contain loaders, which the thread does not need.
  const worker = new Worker(program, { eval: true, execArgv: [], env: {}, workerData });
  worker.unref();
  worker.on("error", () => undefined);
  return () => void worker.terminate();
}
