import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CodeLocationError } from "../errors.ts";
import type { RunOrigin } from "../records/run-origin.ts";
import { assetJob } from "../records/runnable-asset.ts";
import type { EncodedRuns } from "../repository/encoded-repository.ts";
import { toPythonJson } from "../wire/python-json.ts";
import type { WireValue } from "../wire/wire-record.ts";
import type { RunToStart, RunWorker, ServedAddress } from "./run-worker.ts";
import { startWorker } from "./start-worker.ts";
import { WorkerConnection } from "./worker-connection.ts";
import { workerFolder } from "./worker-folder.ts";

/** Options of {@link PythonRunWorker}. */
export interface PythonRunWorkerOptions extends RunOrigin {
  /** Command line that runs steps in Node. */
  readonly command: readonly string[];
}

/**
 * Runs assets in Python processes, which run the steps in Node. Each version of the definitions has a warm process of its own,
 * which ends after its last run. All survive this process; the next server at the same address finds them.
 */
export class PythonRunWorker implements RunWorker {
  readonly #options: PythonRunWorkerOptions;
  #address: ServedAddress | null = null;
  #folder = "";
  /** Workers of earlier definitions, and of earlier servers, with runs in progress. */
  #others: WorkerConnection[] = [];
  #current: Promise<WorkerConnection> | null = null;
  #document: string | null = null;
  #isReconciled = false;

  constructor(options: PythonRunWorkerOptions) {
    this.#options = options;
  }

  get origin(): RunOrigin {
    return this.#options;
  }

  async start(address: ServedAddress): Promise<void> {
    this.#address = address;
    this.#folder = workerFolder(address.host, address.port);
    const names = readdirSync(this.#folder)
      .filter((file) => file.endsWith(".sock"))
      .map((file) => join(this.#folder, file.slice(0, -".sock".length)));
    for (const name of names) {
      try {
        this.#retire(await WorkerConnection.connect(`${name}.sock`));
      } catch {
        // It was killed.
        for (const suffix of ["sock", "log"]) rmSync(`${name}.${suffix}`, { force: true });
      }
    }
  }

  use(runs: EncodedRuns | null): void {
    const document = runs?.document ?? null;
    if (document === this.#document) return;
    this.#document = document;
    void this.#current?.then((worker) => this.#retire(worker)).catch(() => undefined);
    this.#current = document === null ? null : this.#startWorker(document);
    // A failure is shown by the run that needs it.
    this.#current?.catch(() => undefined);
  }

  async startRun({ runId, instanceRef }: RunToStart): Promise<void> {
    if (this.#current === null)
      throw new CodeLocationError("RUN_NOT_POSSIBLE", "The definitions have no executable assets.");
    const args = executeRunArgs(runId, instanceRef, this.#options.python);
    try {
      const worker = await this.#current;
      if (!worker.isOpen)
        throw new CodeLocationError("WORKER_FAILED", "The Python process that starts runs has ended.");
      await this.#reconcile(worker, runId, args);
      await worker.startRun(runId, args);
    } catch (thrown) {
      // The next run starts another worker, unless this one only refused the run.
      if (!(await this.#current?.catch(() => null))?.isOpen) this.#document = null;
      throw thrown;
    }
  }

  cancelRun(runId: string): boolean {
    return this.#workers().some((worker) => worker.cancelRun(runId));
  }

  currentRuns(): readonly string[] {
    return this.#workers().flatMap(({ runIds }) => runIds);
  }

  async close(): Promise<void> {
    const current = await this.#current?.catch(() => null);
    for (const worker of [...this.#others, ...(current == null ? [] : [current])]) {
      worker.send({ retire: true });
      worker.close();
    }
  }

  #startedWorker: WorkerConnection | null = null;

  async #startWorker(document: string): Promise<WorkerConnection> {
    const worker = await startWorker(this.#options.python, this.#folder);
    worker.send({ document: JSON.parse(document), command: this.#options.command });
    this.#startedWorker = worker;
    return worker;
  }

  #workers(): readonly WorkerConnection[] {
    return [...this.#others, ...(this.#startedWorker === null ? [] : [this.#startedWorker])];
  }

  #retire(worker: WorkerConnection): void {
    if (worker === this.#startedWorker) this.#startedWorker = null;
    worker.send({ retire: true });
    this.#others = [...this.#others.filter(({ isOpen }) => isOpen), worker];
  }

  /** Once, with the first request that names Dagster's storage: runs of an earlier server may have lost their processes. */
  async #reconcile(worker: WorkerConnection, runId: string, args: string): Promise<void> {
    if (this.#isReconciled || this.#address === null) return;
    this.#isReconciled = true;
    worker.send({ reconcile: this.#address, known: [...this.currentRuns(), runId], args });
  }
}

/** What `dagster api execute_run` expects. The origin is required, although the run's stored one is used. */
function executeRunArgs(runId: string, instanceRef: unknown, python: string): string {
  return toPythonJson({
    __class__: "ExecuteRunArgs",
    pipeline_origin: {
      __class__: "PipelinePythonOrigin",
      pipeline_name: assetJob,
      repository_origin: {
        __class__: "RepositoryPythonOrigin",
        executable_path: python,
        code_pointer: {
          __class__: "ModuleCodePointer",
          module: "dagster_typescript.location",
          fn_name: "load",
          working_directory: null,
        },
        container_image: null,
        entry_point: ["dagster"],
        container_context: null,
      },
    },
    pipeline_run_id: runId,
    instance_ref: instanceRef as WireValue,
    set_exit_code_on_failure: null,
  });
}
