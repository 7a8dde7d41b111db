import { Worker } from "node:worker_threads";
import { CodeLocationError } from "../errors.ts";
import { errorRecord } from "../records/error-record.ts";
import { sensorFailure } from "../sensors/evaluate-sensor.ts";
import type { SensorRequest } from "../sensors/sensor-request.ts";
import { toWireJson } from "../serdes/wire-json.ts";
import type { ContentWorkerData, LoadedMessage, SensorAnswer, SensorQuestion } from "./content-worker.ts";

/** Built code only: Node runs no TypeScript in a worker. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/content/content-worker.js" : "./content-worker.js",
  import.meta.url,
);

const longestSensorMs = 60_000;

/** A thread in which definitions are loaded, and their sensors evaluated. */
export class ContentThread {
  /** Never rejects: a thread that crashes is an error to show. */
  readonly loaded: Promise<LoadedMessage>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (result: string) => void>();
  readonly #onIdle: (() => void)[] = [];
  #lastId = 0;
  #isClosed = false;

  constructor(data: ContentWorkerData) {
    this.#worker = new Worker(workerFile, { workerData: data });
    this.loaded = new Promise((resolve) => {
      this.#worker.on("message", (message: LoadedMessage | SensorAnswer) => {
        if (message.type === "sensor") this.#answer(message);
        else resolve(message);
      });
      const onEnd = (cause: unknown): void => {
        this.#isClosed = true;
        resolve(crashMessage(cause));
        for (const id of [...this.#waiting.keys()]) {
          const result = sensorFailure(crash(cause));
          this.#answer({ type: "sensor", id, result });
        }
      };
      this.#worker.once("error", onEnd);
      this.#worker.once("exit", (code) => onEnd(new Error(`The thread ended with code ${code}.`)));
    });
  }

  evaluateSensor(request: SensorRequest): Promise<string> {
    if (this.#isClosed) return Promise.resolve(sensorFailure(crash(new Error("The thread has ended."))));
    const question: SensorQuestion = { id: ++this.#lastId, request };
    return new Promise((resolve) => {
      this.#waiting.set(question.id, resolve);
      this.#worker.postMessage(question);
    });
  }

  /** Lets sensors that are being evaluated come to their end, for as long as Dagster waits for them. */
  async closeWhenIdle(): Promise<void> {
    if (this.#waiting.size > 0 && !this.#isClosed) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, longestSensorMs);
      });
      await Promise.race([new Promise<void>((resolve) => this.#onIdle.push(resolve)), late]);
      clearTimeout(timer);
    }
    await this.close();
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #answer({ id, result }: SensorAnswer): void {
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}

function crash(cause: unknown): CodeLocationError {
  return new CodeLocationError(
    "CODE_LOCATION_CRASHED",
    "The definitions ended their thread.",
    "A definitions file must not call process.exit(), and every promise in it needs somebody who waits for it.",
    cause,
  );
}

function crashMessage(cause: unknown): LoadedMessage {
  const record = errorRecord(crash(cause));
  return { type: "error", error: toWireJson(record), text: String(record["message"]).trimEnd() };
}
