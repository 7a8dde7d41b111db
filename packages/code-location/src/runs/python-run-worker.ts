import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CodeLocationError } from "../errors.ts";
import type { RunOrigin } from "../records/run-origin.ts";
import { assetJob } from "../records/runnable-op.ts";
import type { EncodedRuns } from "../repository/encoded-repository.ts";
import { toPythonJson } from "../wire/python-json.ts";
import type { WireValue } from "../wire/wire-record.ts";
import type { RunToStart, RunWorker, ServedAddress, TickLog } from "./run-worker.ts";
import { startWorker } from "./start-worker.ts";
import { WorkerConnection } from "./worker-connection.ts";
import { workerFolder } from "./worker-folder.ts";

/** Options of {@link PythonRunWorker}. */
export interface PythonRunWorkerOptions extends RunOrigin {
  /** Command line that runs steps in Node. */
  readonly command: readonly string[];
  /**
   * Whether the reference to Dagster's storage is kept in a file that only this user can read, unless it contains a secret, so
   * that runs that were lost with a killed server are reported when the next one starts. Default: true.
   */
  readonly keepStorage?: boolean;
  /** Number of steps of a run that are executed at once, each in processes of its own; 1 executes all in one. Default: 1. */
  readonly maxConcurrent?: number;
  /** Called with what a person should know. */
  readonly onNotice?: (message: string) => void;
}

/** After three workers in a row that ended within this time, another one is started only for a run. */
const maxShortLives = 3;
const shortLifeMs = 10_000;

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
  /** The worker of `#current`, once it has started. */
  #started: WorkerConnection | null = null;
  #document: string | null = null;
  /** Arguments of the latest run, which name Dagster's storage. */
  #args: string | null = null;
  /** Whether lost runs were looked for since a worker was last killed. */
  #isRecovered = false;
  /** Resolved when the last search for lost runs has ended. */
  #recovery: Promise<void> = Promise.resolve();
  #isClosed = false;
  #hasToldNotKept = false;
  /** Number of the last workers that ended soon. */
  #shortLives = 0;
  /** In seconds since the epoch. Runs that Dagster started later cannot be lost ones. */
  readonly #createdAt = Date.now() / 1_000;

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
        const worker = await WorkerConnection.connect(`${name}.sock`);
        worker.onClosed(() => this.#recover());
        this.#retire(worker);
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
    this.#replace();
  }

  async startRun({ runId, instanceRef }: RunToStart): Promise<void> {
    if (this.#document === null)
      throw new CodeLocationError("RUN_NOT_POSSIBLE", "The definitions have no executable assets or checks.");
    const args = executeRunArgs(runId, instanceRef, this.#options.python);
    const worker = await this.#openWorker();
    this.#args = args;
    const started = worker.startRun(runId, args);
    if (!this.#isRecovered) this.#recover();
    await started;
  }

  async cancelRun(runId: string): Promise<boolean> {
    const cancel = (): boolean => this.#workers().some((worker) => worker.cancelRun(runId));
    if (cancel()) return true;
    // Its worker may have been killed just now.
    await this.#current?.catch(() => undefined);
    await this.#recovery;
    return cancel();
  }

  currentRuns(): readonly string[] {
    return [...new Set(this.#workers().flatMap(({ runIds }) => runIds))];
  }

  writeTickLog({ instanceRef, logKey, repository, sensor, lines }: TickLog): void {
    this.#started?.send({
      tick_log: logKey,
      of: [repository, sensor],
      lines: lines.map(({ level, message }) => [level, message]),
      args: executeRunArgs("", instanceRef, this.#options.python),
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const current = await this.#current?.catch(() => null);
    for (const worker of [...this.#others, ...(current == null ? [] : [current])]) {
      worker.send({ retire: true });
      worker.close();
    }
  }

  /** The worker of the present definitions; another one if it was killed. @throws CodeLocationError `WORKER_FAILED` */
  async #openWorker(): Promise<WorkerConnection> {
    const worker = await this.#current?.catch(() => null);
    if (worker?.isOpen === true) return worker;
    this.#replace();
    const other = await this.#current;
    if (other?.isOpen === true) return other;
    throw new CodeLocationError("WORKER_FAILED", "The Python process that starts runs has ended.");
  }

  #replace(): void {
    this.#started = null;
    this.#current = this.#document === null ? null : this.#startWorker(this.#document);
    // A failure is shown by the run that needs it.
    this.#current?.catch(() => undefined);
  }

  async #startWorker(document: string): Promise<WorkerConnection> {
    const { python, command, keepStorage = true, maxConcurrent = 1 } = this.#options;
    const worker = await startWorker(python, this.#folder);
    const startedAt = performance.now();
    worker.onNotKept(() => this.#tellNotKept());
    worker.onClosed(() => {
      // The current one is replaced, since its runs go on.
      const isCurrent = worker === this.#started;
      this.#shortLives = performance.now() - startedAt < shortLifeMs ? this.#shortLives + 1 : 0;
      if (isCurrent && !this.#isClosed && this.#shortLives < maxShortLives) this.#replace();
      else if (isCurrent) this.#started = null;
      this.#isRecovered = false;
      this.#recover();
    });
    worker.sendDocument(document, { command, keep: keepStorage, max_concurrent: maxConcurrent });
    if (document === this.#document) {
      this.#started = worker;
      this.#recover();
    }
    return worker;
  }

  #workers(): readonly WorkerConnection[] {
    return [...this.#others, ...(this.#started === null ? [] : [this.#started])].filter(
      ({ isOpen }) => isOpen,
    );
  }

  #retire(worker: WorkerConnection): void {
    if (worker === this.#started) this.#started = null;
    worker.send({ retire: true });
    this.#others = [...this.#others.filter(({ isOpen }) => isOpen), worker];
  }

  /** Finds runs whose worker was killed, and reports those whose process was killed, too. */
  #recover(): void {
    const worker = this.#started;
    if (this.#isClosed || worker === null || this.#address === null) return;
    this.#isRecovered = this.#args !== null;
    this.#recovery = worker.recover({
      recover: this.#address,
      known: this.#workers().flatMap(({ knownRunIds }) => knownRunIds),
      before: this.#createdAt,
      args: this.#args,
    });
  }

  #tellNotKept(): void {
    if (this.#hasToldNotKept) return;
    this.#hasToldNotKept = true;
    this.#options.onNotice?.(
      "The configuration of Dagster's storage contains a secret as text, so it is not kept: runs that are lost with this server " +
        "are reported only when another run starts. Dagster's `env:` keeps secrets out of the configuration.",
    );
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
          module: "dagster_typescript.worker.location",
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
