import { Worker } from "node:worker_threads";
import { markThreadAlive, prepareThreads } from "@dagster-sigma/foundation/threads";
import type { SensorOutcome } from "../definitions-source.ts";
import { DefinitionsHostError } from "../errors.ts";
import { describeFailure } from "../failure/describe-failure.ts";
import type { Failure } from "../failure/failure.ts";
import type { SensorRequest } from "../sensor-request.ts";
import { SensorWatch } from "./sensor-watch.ts";
import type { FileVersion, ThreadData, ThreadMessage, ThreadRequest } from "./thread-messages.ts";

/** The TypeScript worker when this file runs from source, otherwise the built one. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "./definitions-worker.ts" : "./definitions-worker.js",
  import.meta.url,
);

/** How a load ended. */
export type ThreadOutcome =
  | {
      readonly type: "loaded";
      readonly content: unknown;
      readonly hasSensors: boolean;
      readonly stateFiles: readonly FileVersion[];
      readonly isStalled?: false;
    }
  | {
      readonly type: "failed";
      readonly failure: Failure;
      /** Whether it was ended because it showed no activity. */
      readonly isStalled: boolean;
    };

export interface ThreadOptions {
  readonly data: ThreadData;
  /** Time without activity after which a load is ended, in ms. */
  readonly loadTimeoutMs: number;
  /** Name of what is loaded, for messages. */
  readonly name: string;
  readonly onProgress: (text: string) => void;
  /** Receives what user code writes to stdout and stderr. */
  readonly onOutput: (text: string) => void;
}

/** A worker thread that loads definitions, and evaluates their sensors afterwards. */
export class DefinitionsThread {
  /** Never rejects: a crash of the thread is a failed load. */
  readonly loaded: Promise<ThreadOutcome>;
  readonly #options: ThreadOptions;
  readonly #worker: Worker;
  readonly #sensors: SensorWatch;
  readonly #startedMs: number = performance.now();
  #settle: (outcome: ThreadOutcome) => void = () => undefined;
  #stallTimer: NodeJS.Timeout | undefined;
  #lastActivity: string | null = null;
  #ending: Failure | null = null;
  #isEnded = false;
  readonly #onEnd: (() => void)[] = [];

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.loaded = new Promise((resolve) => {
      this.#settle = (outcome) => {
        clearTimeout(this.#stallTimer);
        resolve(outcome);
      };
    });
    this.#sensors = new SensorWatch({
      timeoutMs: options.data.sensorTimeoutMs,
      send: (request) => this.#send(request),
      onUnresponsive: () => void this.close(),
    });
    prepareThreads();
    this.#worker = new Worker(workerFile, {
      workerData: options.data,
      stdout: true,
      stderr: true,
      ...(isInlineProgram() ? { execArgv: [] } : {}),
    });
    this.#listen();
    this.#expectActivity();
  }

  /** False once the thread has ended for any reason. */
  get isAlive(): boolean {
    return !this.#isEnded;
  }

  evaluateSensor(request: SensorRequest): Promise<SensorOutcome> {
    if (this.#isEnded) return Promise.resolve({ type: "failure", failure: interrupted(this.#ending) });
    return this.#sensors.evaluate(request);
  }

  /** Calls back once when the thread has ended. */
  onEnd(listener: () => void): void {
    if (this.#isEnded) listener();
    else this.#onEnd.push(listener);
  }

  /** Waits for running sensors, at most as long as Dagster does, then terminates. */
  async closeWhenIdle(): Promise<void> {
    await this.#sensors.idle();
    await this.close();
  }

  async close(): Promise<void> {
    clearTimeout(this.#stallTimer);
    await this.#worker.terminate();
  }

  #listen(): void {
    this.#worker.on("message", (message: ThreadMessage) => this.#onMessage(message));
    this.#worker.once("error", (cause) => {
      this.#ending ??= describeFailure(crash(cause));
    });
    const markEnded = markThreadAlive(this.#worker.threadId);
    this.#worker.once("exit", (code) => {
      markEnded();
      this.#isEnded = true;
      const failure = this.#ending ?? describeFailure(code === 0 ? unsettled() : crash(null));
      this.#settle({ type: "failed", failure, isStalled: false });
      this.#sensors.fail(interrupted(this.#ending));
      for (const listener of this.#onEnd.splice(0)) listener();
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        this.#onActivity(`the output ${JSON.stringify(text.trim().slice(0, 200))}`);
        this.#options.onOutput(text);
      });
    }
  }

  #onMessage(message: ThreadMessage): void {
    switch (message.type) {
      case "alive":
        this.#onActivity(message.what);
        if (message.isProgress) this.#options.onProgress(message.what);
        break;
      case "loaded":
        this.#settle(message);
        break;
      case "failed":
        this.#settle({ ...message, isStalled: false });
        break;
      case "ending":
        this.#ending = message.failure;
        break;
      case "evaluated":
        this.#sensors.answer(message.id, message.outcome);
        break;
      case "pong":
        this.#sensors.pong();
        break;
    }
  }

  #onActivity(what: string): void {
    this.#lastActivity = what;
    this.#stallTimer?.refresh();
  }

  #expectActivity(): void {
    const { loadTimeoutMs } = this.#options;
    this.#stallTimer = setTimeout(() => {
      const failure = describeFailure(
        stalled(this.#options, this.#lastActivity, performance.now() - this.#startedMs),
      );
      this.#settle({ type: "failed", failure, isStalled: true });
      void this.close();
    }, loadTimeoutMs);
    // The thread keeps the process alive during a load, so the timer need not.
    this.#stallTimer.unref();
  }

  #send(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }
}

function stalled(
  { name, loadTimeoutMs }: ThreadOptions,
  lastActivity: string | null,
  ranMs: number,
): DefinitionsHostError {
  const last = lastActivity === null ? "there was none before" : `the last activity was "${lastActivity}"`;
  return new DefinitionsHostError({
    code: "DEFINITIONS_STALLED",
    message: `The load of ${name} was ended after ${seconds(loadTimeoutMs)} without activity; ${last}. It ran for ${seconds(ranMs)}.`,
    hint: "It is retried automatically. If it needs longer between two requests, log lines or progress reports, raise the limit with --load-timeout or DAGSTER_SIGMA_LOAD_TIMEOUT.",
  });
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function unsettled(): DefinitionsHostError {
  return new DefinitionsHostError({
    code: "DEFINITIONS_UNSETTLED",
    message:
      "The definitions wait for a promise that can never settle: no timer, request or file operation is pending.",
    hint: "Look for a `new Promise(…)` whose `resolve` is never called.",
  });
}

function crash(cause: unknown): DefinitionsHostError {
  const isMemory = cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isMemory
    ? new DefinitionsHostError({
        code: "DEFINITIONS_OUT_OF_MEMORY",
        message: "The definitions exceeded the memory limit of their thread.",
        hint: "Look for a list that grows without bound. NODE_OPTIONS=--max-old-space-size=8192 raises the limit to 8 GiB.",
      })
    : new DefinitionsHostError({
        code: "DEFINITIONS_CRASHED",
        message: "The thread of the definitions ended for an unknown reason.",
        cause: cause ?? undefined,
      });
}

function interrupted(ending: Failure | null): Failure {
  const error = new DefinitionsHostError({
    code: "SENSOR_INTERRUPTED",
    message: "The evaluation was interrupted because the thread of the definitions was ended.",
    hint: "The sensor is evaluated again at its next tick, with the same cursor.",
  });
  return { ...describeFailure(error), cause: ending };
}

/** Threads inherit Node's options; `--input-type` (of `node --eval`) makes a thread that runs a file fail. */
function isInlineProgram(): boolean {
  return process.execArgv.some((option) => option.startsWith("--input-type"));
}
