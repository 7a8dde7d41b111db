import { createConnection, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { CodeLocationError } from "../errors.ts";

/** Time for a run to start, in ms; Dagster waits for one minute. */
const startMs = 30_000;

interface Pending {
  readonly started: () => void;
  readonly failed: (error: Error) => void;
}

type Message =
  | { readonly runs: Readonly<Record<string, number>> }
  | { readonly opened: string; readonly pid: number }
  | { readonly failed: string; readonly error: string }
  | { readonly ended: string };

/** A connection to a worker: a Python process that forks one process per run. */
export class WorkerConnection {
  readonly #socket: Socket;
  readonly #running = new Map<string, number>();
  readonly #pending = new Map<string, Pending>();
  #isOpen = true;

  private constructor(socket: Socket, runs: Readonly<Record<string, number>>) {
    this.#socket = socket;
    for (const [runId, pid] of Object.entries(runs)) this.#running.set(runId, pid);
  }

  /** Connects to the socket of a worker, which first sends its runs. Rejects if there is no worker. */
  static connect(path: string): Promise<WorkerConnection> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(path);
      socket.once("error", reject);
      socket.once("connect", () => {
        let connection: WorkerConnection | null = null;
        const lines = createInterface({ input: socket });
        // It repeats the errors of the socket, after which the connection is closed.
        lines.on("error", () => undefined);
        lines.on("line", (line) => {
          const message = JSON.parse(line) as Message;
          if (connection !== null) connection.#receive(message);
          else if ("runs" in message) {
            connection = new WorkerConnection(socket, message.runs);
            resolve(connection);
          }
        });
        lines.once("close", () => {
          if (connection !== null) connection.#closed();
          reject(new Error("The worker closed the connection."));
        });
      });
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Runs in progress. */
  get runIds(): readonly string[] {
    return [...this.#running.keys()];
  }

  send(message: object): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** Resolves when the process of the run has read it from Dagster's storage. */
  startRun(runId: string, args: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => {
        this.#settle(runId)?.failed(failure(`The run did not start within ${startMs / 1_000} s.`));
      }, startMs);
      const started = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#pending.set(runId, { started, failed });
      this.send({ run: runId, args });
    });
  }

  /** Whether a process of the run was asked to end. */
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

  /** Leaves the worker and its runs alone. */
  close(): void {
    this.#socket.destroy();
  }

  #receive(message: Message): void {
    if ("opened" in message) {
      this.#running.set(message.opened, message.pid);
      this.#settle(message.opened)?.started();
    } else if ("failed" in message) this.#settle(message.failed)?.failed(failure(message.error));
    else if ("ended" in message) {
      this.#running.delete(message.ended);
      this.#settle(message.ended)?.failed(failure("The process of the run ended before it started."));
    }
  }

  #closed(): void {
    this.#isOpen = false;
    for (const runId of [...this.#pending.keys()])
      this.#settle(runId)?.failed(failure("The Python process that starts runs has ended."));
  }

  #settle(runId: string): Pending | undefined {
    const pending = this.#pending.get(runId);
    this.#pending.delete(runId);
    return pending;
  }
}

function failure(what: string): CodeLocationError {
  return new CodeLocationError("WORKER_FAILED", what);
}
