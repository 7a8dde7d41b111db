import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CodeLocationError } from "../errors.ts";
import { toPythonJson } from "../wire/python-json.ts";
import type { WireValue } from "../wire/wire-record.ts";
import type { RunToStart } from "./run-worker.ts";
import { assetJob } from "./runnable-asset.ts";

/** Time for a run to start, in ms; Dagster waits for one minute. */
const startMs = 30_000;

/** Length of the kept end of the output, in characters. */
const keptOutput = 4_000;

/** How the Python process is started. */
export interface PythonProcessOptions {
  /** The interpreter. */
  readonly python: string;
  /** Definitions for new runs, as JSON. */
  readonly document: string;
  /** Command line that runs steps in Node. */
  readonly command: readonly string[];
  /** Called with what the process writes, for logging. */
  readonly onOutput: (text: string) => void;
}

interface Pending {
  readonly started: () => void;
  readonly failed: (error: Error) => void;
}

type Message =
  | { readonly opened: string; readonly pid: number }
  | { readonly failed: string; readonly error: string }
  | { readonly ended: string; readonly code: number };

/**
 * A warm Python process (`python -m dagster_typescript.worker`) that forks one process per run. It survives this process: when
 * its input ends, it waits for the last of its runs.
 */
export class PythonProcess {
  readonly #child: ChildProcess;
  readonly #python: string;
  readonly #running = new Map<string, number>();
  readonly #pending = new Map<string, Pending>();
  #output = "";
  #isClosed = false;

  constructor(options: PythonProcessOptions) {
    this.#python = options.python;
    this.#child = spawn(options.python, ["-m", "dagster_typescript.worker"], {
      stdio: ["pipe", "pipe", "pipe"],
      // Ctrl-C ends the server, and not its runs.
      detached: true,
    });
    this.#child.once("error", (cause) => this.#ended(cause.message));
    this.#child.once("exit", (code, signal) => this.#ended(signal ?? `exit code ${code}`));
    this.#child.stdin?.on("error", () => undefined);
    this.#child.stderr?.on("data", (data: Buffer) => {
      this.#output = `${this.#output}${data}`.slice(-keptOutput);
      options.onOutput(String(data));
    });
    if (this.#child.stdout !== null)
      createInterface({ input: this.#child.stdout }).on("line", (line) => this.#receive(JSON.parse(line)));
    this.#send({ document: JSON.parse(options.document), command: options.command });
  }

  /** Runs in progress. */
  get runIds(): readonly string[] {
    return [...this.#running.keys()];
  }

  startRun({ runId, instanceRef }: RunToStart): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#settle(runId)?.failed(
          failure(`The run did not start within ${startMs / 1_000} s.`, this.#output),
        );
      }, startMs);
      this.#pending.set(runId, {
        started: () => {
          clearTimeout(timer);
          resolve();
        },
        failed: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      if (this.#isClosed) this.#ended("it was closed");
      else this.#send({ run: runId, args: executeRunArgs(runId, instanceRef, this.#python) });
    });
  }

  cancelRun(runId: string): boolean {
    const pid = this.#running.get(runId);
    if (pid === undefined) return false;
    try {
      process.kill(pid, "SIGINT");
      return true;
    } catch {
      // It has just ended.
      return false;
    }
  }

  /** Takes no further runs. The process ends after its last run. */
  close(): void {
    this.#isClosed = true;
    this.#child.stdin?.end();
    this.#child.unref();
  }

  #receive(message: Message): void {
    if ("opened" in message) {
      this.#running.set(message.opened, message.pid);
      this.#settle(message.opened)?.started();
    } else if ("failed" in message) this.#settle(message.failed)?.failed(failure(message.error, ""));
    else {
      this.#running.delete(message.ended);
      this.#settle(message.ended)?.failed(
        failure("The process of the run ended before it started.", this.#output),
      );
    }
  }

  #settle(runId: string): Pending | undefined {
    const pending = this.#pending.get(runId);
    this.#pending.delete(runId);
    return pending;
  }

  #ended(how: string): void {
    this.#isClosed = true;
    for (const runId of [...this.#pending.keys()])
      this.#settle(runId)?.failed(
        failure(`The Python process that starts runs has ended (${how}).`, this.#output),
      );
  }

  #send(message: object): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }
}

function failure(what: string, output: string): CodeLocationError {
  return new CodeLocationError("WORKER_FAILED", output === "" ? what : `${what}\n${output.trim()}`);
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
          fn_name: "defs",
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
