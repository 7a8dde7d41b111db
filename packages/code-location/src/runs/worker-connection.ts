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
  | { readonly ended: string }
  | { readonly not_kept: true };

/** A connection to a worker: a Python process that forks one process per run. */
export class WorkerConnection {
  readonly #socket: Socket;
  readonly #running = new Map<string, number>();
  readonly #pending = new Map<string, Pending>();
  #isOpen = true;
  #onClosed = (): void => undefined;
  #onNotKept = (): void => undefined;
  #onRuns = (): void => undefined;

  private constructor(socket: Socket, runs: Readonly<Record<string, number>>) {
    this.#socket = socket;
    this.#addRuns(runs);
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

  /** Called when the worker ended, or closed the connection; not after {@link close}. */
  onClosed(listener: () => void): void {
    this.#onClosed = listener;
  }

  /** Called when the reference to Dagster's storage was not kept, because it contains a secret. */
  onNotKept(listener: () => void): void {
    this.#onNotKept = listener;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Runs in progress. */
  get runIds(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Runs in progress, and those that are being started. */
  get knownRunIds(): readonly string[] {
    return [...this.#running.keys(), ...this.#pending.keys()];
  }

  send(message: object): void {
    this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /**
   * Sends the definitions of all runs. They are not parsed here: those of 10,000 assets would take 50 MiB.
   *
   * @param document JSON in one line
   */
  sendDocument(document: string, settings: object): void {
    this.#socket.write(`{"document":${document},${JSON.stringify(settings).slice(1)}\n`);
  }

  /** Resolves when the worker has looked for runs whose worker was killed, which are then in {@link runIds}. */
  recover(request: object): Promise<void> {
    return new Promise((resolve) => {
      this.#onRuns = resolve;
      if (this.#isOpen) this.send(request);
      else resolve();
    });
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
    this.#onClosed = () => undefined;
    this.#socket.destroy();
  }

  #receive(message: Message): void {
    if ("runs" in message) {
      this.#addRuns(message.runs);
      this.#onRuns();
    } else if ("not_kept" in message) this.#onNotKept();
    else if ("opened" in message) {
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
    this.#onRuns();
    this.#onClosed();
  }

  #addRuns(runs: Readonly<Record<string, number>>): void {
    for (const [runId, pid] of Object.entries(runs)) this.#running.set(runId, pid);
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
