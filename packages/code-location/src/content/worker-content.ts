import { Worker } from "node:worker_threads";
import { CodeLocationError } from "../errors.ts";
import type { HostFeatures } from "../host/host-features.ts";
import { errorRecord } from "../records/error-record.ts";
import { toWireJson } from "../serdes/wire-json.ts";
import type { ContentWorkerData, ContentWorkerMessage } from "./content-worker.ts";
import { servedError, serveError } from "./error-content.ts";
import type { Served, ServedContent } from "./served-content.ts";

export interface WorkerContentOptions<Options> {
  /** A module of JavaScript that exports `loadDefinitions(options)`: see `DefinitionsModule`. */
  readonly module: URL;
  /** What it is given; copied to the thread. */
  readonly options: Options;
  readonly features: HostFeatures;
  /** Whether the last good definitions stay when they fail to load; false when left out: Dagster shows the error. */
  readonly keepLastGood?: boolean;
  /** Told after each load. */
  readonly onLoaded?: (loaded: Loaded) => void;
}

/** How a load ended. */
export interface Loaded {
  /** Null when it failed. */
  readonly assets: number | null;
  /** What went wrong; null when nothing did. */
  readonly error: string | null;
  /** Whether Dagster sees something else than before. */
  readonly isNews: boolean;
  /** What the host cannot hold, and how many assets that concerns. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly wallMs: number;
}

/** Built code only: Node runs no TypeScript in a worker. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/content/content-worker.js" : "./content-worker.js",
  import.meta.url,
);

/**
 * Content that user code makes, in a thread that is new for each load: no module of an earlier one is left, and whatever
 * the code does, this thread answers Dagster's call of every second at once.
 */
export class WorkerContent<Options> implements ServedContent {
  readonly #options: WorkerContentOptions<Options>;
  #served: Served = serveError(
    new CodeLocationError(
      "CODE_LOCATION_LOADING",
      "The definitions are being loaded; they appear by themselves.",
    ),
  );
  #running: Promise<void> | null = null;
  #next: { readonly changed: Partial<Options>; readonly promise: Promise<void> } | null = null;
  #worker: Worker | null = null;
  #isClosed = false;

  constructor(options: WorkerContentOptions<Options>) {
    this.#options = options;
  }

  current(): Served {
    return this.#served;
  }

  /**
   * Loads anew. What is asked for while a load is under way is done once after it, however often it was asked for.
   *
   * @param changed options that are other ones this time
   */
  reload(changed: Partial<Options> = {}): Promise<void> {
    if (this.#running === null) {
      this.#running = this.#load(changed).finally(() => {
        this.#running = null;
      });
      return this.#running;
    }
    const all = { ...this.#next?.changed, ...changed };
    const promise =
      this.#next?.promise ??
      this.#running.then(() => {
        const { changed: asked } = this.#next ?? { changed };
        this.#next = null;
        return this.reload(asked);
      });
    this.#next = { changed: all, promise };
    return promise;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  async #load(changed: Partial<Options>): Promise<void> {
    if (this.#isClosed) return;
    const startedMs = performance.now();
    const message = await this.#runWorker({ ...this.#options.options, ...changed });
    if (this.#isClosed) return;
    const before = this.#served;
    if (message.type === "repository") {
      this.#served = { type: "repository", serverId: message.serverId, reply: message.reply };
    } else if (this.#options.keepLastGood !== true || before.type === "error") {
      this.#served = servedError(message.error);
    }
    this.#options.onLoaded?.({
      assets: message.type === "repository" ? message.assets : null,
      error: message.type === "repository" ? null : message.text,
      isNews: before.serverId !== this.#served.serverId,
      leftOut: message.type === "repository" ? message.leftOut : new Map(),
      wallMs: performance.now() - startedMs,
    });
  }

  async #runWorker(options: Options): Promise<ContentWorkerMessage> {
    const { module, features } = this.#options;
    const workerData: ContentWorkerData = { module: module.href, options, features };
    const worker = new Worker(workerFile, { workerData });
    this.#worker = worker;
    try {
      return await new Promise<ContentWorkerMessage>((resolve) => {
        worker.once("message", resolve);
        worker.once("error", (thrown) => resolve(crashed(thrown)));
        worker.once("exit", (code) => resolve(crashed(new Error(`It ended with code ${code}.`))));
      });
    } finally {
      this.#worker = null;
      await worker.terminate();
    }
  }
}

function crashed(cause: unknown): ContentWorkerMessage {
  const record = errorRecord(
    new CodeLocationError(
      "CODE_LOCATION_CRASHED",
      "The definitions ended their thread while they were loaded.",
      "A definitions file must not call process.exit(), and every promise in it needs somebody who waits for it.",
      cause,
    ),
  );
  return { type: "error", error: toWireJson(record), text: String(record["message"]).trimEnd() };
}
