import { CodeLocationError } from "../errors.ts";
import type { EncodedRuns } from "../repository/encoded-repository.ts";
import { PythonProcess, type PythonProcessOptions } from "./python-process.ts";
import type { RunToStart, RunWorker } from "./run-worker.ts";

/** Options of {@link PythonRunWorker}. */
export type PythonRunWorkerOptions = Omit<PythonProcessOptions, "document">;

/** Runs definitions in Python processes, which run the steps in Node. Each version of the definitions has a process of its own. */
export class PythonRunWorker implements RunWorker {
  readonly #options: PythonRunWorkerOptions;
  #processes: PythonProcess[] = [];
  #current: PythonProcess | null = null;
  #document: string | null = null;

  constructor(options: PythonRunWorkerOptions) {
    this.#options = options;
  }

  use(runs: EncodedRuns | null): void {
    const document = runs?.document ?? null;
    if (document === this.#document) return;
    this.#document = document;
    this.#current?.close();
    this.#processes = this.#processes.filter(({ runIds }) => runIds.length > 0);
    this.#current = document === null ? null : new PythonProcess({ ...this.#options, document });
    if (this.#current !== null) this.#processes.push(this.#current);
  }

  async startRun(run: RunToStart): Promise<void> {
    if (this.#current === null)
      throw new CodeLocationError("RUN_NOT_POSSIBLE", "The definitions have no executable assets.");
    try {
      await this.#current.startRun(run);
    } catch (thrown) {
      // The next run starts another process.
      this.#document = null;
      throw thrown;
    }
  }

  cancelRun(runId: string): boolean {
    return this.#processes.some((process) => process.cancelRun(runId));
  }

  currentRuns(): readonly string[] {
    return this.#processes.flatMap(({ runIds }) => runIds);
  }

  close(): void {
    for (const process of this.#processes) process.close();
  }
}
