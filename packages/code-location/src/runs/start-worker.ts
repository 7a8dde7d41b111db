import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CodeLocationError } from "../errors.ts";
import { WorkerConnection } from "./worker-connection.ts";

/** Time for a worker to import Dagster, in ms. */
const startMs = 60_000;
const pauseMs = 50;

/** Length of the shown end of a worker's output, in characters. */
const shownOutput = 2_000;

/**
 * Starts a worker (`python -m dagster_typescript.worker`), which survives this process, and connects to it.
 *
 * @throws CodeLocationError `WORKER_FAILED` with the end of its output
 */
export async function startWorker(python: string, folder: string): Promise<WorkerConnection> {
  const name = join(folder, randomBytes(6).toString("hex"));
  const log = openSync(`${name}.log`, "wx", 0o600);
  const child = spawn(python, ["-m", "dagster_typescript.worker", `${name}.sock`], {
    stdio: ["ignore", log, log],
    // Ctrl-C ends the server, and not its runs.
    detached: true,
  });
  closeSync(log);
  child.unref();
  let ended: string | null = null;
  child.once("error", (cause) => {
    ended = cause.message;
  });
  child.once("exit", (code, signal) => {
    ended = signal ?? `exit code ${code}`;
  });
  const deadline = performance.now() + startMs;
  while (ended === null && performance.now() < deadline) {
    try {
      return await WorkerConnection.connect(`${name}.sock`);
    } catch {
      // It is still importing.
      await sleep(pauseMs);
    }
  }
  child.kill();
  const output = readFileSync(`${name}.log`, "utf8").trim().slice(-shownOutput);
  rmSync(`${name}.log`, { force: true });
  throw new CodeLocationError(
    "WORKER_FAILED",
    `The Python process that starts runs did not start (${ended ?? "it took too long"}).${output === "" ? "" : `\n${output}`}`,
  );
}
