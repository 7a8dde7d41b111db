import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { PythonRunWorker, RunsOptions } from "@dagster-sigma/code-location";
import { CommandError } from "../errors.ts";
import { version } from "../version.ts";
import { containerSettings } from "./container-settings.ts";
import { findWorkerPython, workerNotInstalled } from "./find-worker-python.ts";

/** The command itself, which runs steps. */
const commandFile = fileURLToPath(new URL("../../bin/dagster-sigma.js", import.meta.url));

/** Options of `serve` about runs. */
export interface RunOptions {
  readonly file?: string;
  /** Default: `worker` if it is installed. */
  readonly runs?: "worker" | "off";
  readonly python?: string;
  readonly concurrentSteps: number;
  readonly runRecovery: boolean;
}

/**
 * The worker of a server, or why it has none.
 *
 * @param onNotice called with what a person should know while the server runs
 * @throws CommandError `WRONG_USE`, `WORKER_NOT_INSTALLED` if one is required
 */
export async function createWorker(options: RunOptions, onNotice: (message: string) => void): Promise<Runs> {
  const { file, runs: how, python: given } = options;
  const none = (whyNoRuns: string): Runs => ({ worker: null, runs: null, whyNoRuns });
  if (how === "off") return none("--runs is off.");
  if (file === undefined) {
    if (how === undefined) return none("runs need a definitions file.");
    throw new CommandError("WRONG_USE", "--runs worker needs a definitions file.", "Pass one with -f.");
  }
  const python = findWorkerPython(given);
  if (python === null) {
    const error = workerNotInstalled(given);
    if (how === "worker" || given !== undefined) throw error;
    return none(`${error.message} ${error.hint}`);
  }
  const { PythonRunWorker } = await import("@dagster-sigma/code-location");
  const command = [process.execPath, commandFile, "run-steps", "-f", resolve(file)];
  return {
    worker: new PythonRunWorker({
      python,
      command,
      file: resolve(file),
      ...containerSettings(process.env),
      maxConcurrent: options.concurrentSteps,
      keepStorage: options.runRecovery,
      onNotice,
    }),
    runs: { file: resolve(file), generator: `dagster-sigma ${version}` },
    whyNoRuns: "",
  };
}

/** How a server runs its assets. */
export interface Runs {
  readonly worker: PythonRunWorker | null;
  readonly runs: RunsOptions | null;
  readonly whyNoRuns: string;
}
