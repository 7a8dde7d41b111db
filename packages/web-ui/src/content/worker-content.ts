import { Worker } from "node:worker_threads";
import { ChangeListeners } from "./change-listeners.ts";
import type { ContentMessage, ContentWorkerData } from "./content-worker.ts";
import type { PageContent, PageContentSource, PageFailure, PageState } from "./page-content.ts";
import { pageFailure } from "./page-failure.ts";

/** Built code only: Node runs no TypeScript in a worker. */
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/content/content-worker.js" : "./content-worker.js",
  import.meta.url,
);

export interface WorkerContentOptions<Options> {
  /** A module of JavaScript that exports `loadDefinitions(options, onProgress)`. */
  readonly module: URL;
  /** What it is given; copied to the thread. */
  readonly options: Options;
  /** What it is given besides to fetch what changed; null where there is nothing to fetch from. */
  readonly refreshOptions: Partial<Options> | null;
}

/**
 * Content that user code makes, in a thread that is new for each load, so that no module of an earlier one is left and the
 * server answers whatever the code does. While a load fails, the last good content stays.
 */
export class WorkerContent<Options> implements PageContentSource {
  readonly refresh: (() => Promise<void>) | null;
  readonly #options: WorkerContentOptions<Options>;
  readonly #listeners = new ChangeListeners();
  #content: PageContent | null = null;
  #failure: PageFailure | null = null;
  #progress: string | null = "Loading the definitions";
  #worker: Worker | null = null;
  #running: Promise<void> | null = null;
  #isAskedAgain = false;
  #isClosed = false;

  constructor(options: WorkerContentOptions<Options>) {
    this.#options = options;
    const { refreshOptions } = options;
    this.refresh = refreshOptions === null ? null : () => this.reload(refreshOptions);
  }

  current(): PageState {
    return { content: this.#content, failure: this.#failure, progress: this.#progress };
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Loads anew; asked for while a load is under way, once more after it. */
  reload(changed: Partial<Options> = {}): Promise<void> {
    if (this.#running !== null) {
      this.#isAskedAgain = true;
      return this.#running;
    }
    this.#running = this.#loadUntilQuiet(changed).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  async #loadUntilQuiet(changed: Partial<Options>): Promise<void> {
    this.#change({ progress: Object.keys(changed).length > 0 ? "Refreshing" : "Loading the definitions" });
    let next = changed;
    do {
      this.#isAskedAgain = false;
      await this.#load(next);
      next = {};
    } while (this.#isAskedAgain && !this.#isClosed);
    this.#change({ progress: null });
  }

  async #load(changed: Partial<Options>): Promise<void> {
    const { module, options } = this.#options;
    const data: ContentWorkerData = { module: module.href, options: { ...options, ...changed } };
    const worker = new Worker(workerFile, { workerData: data });
    this.#worker = worker;
    await new Promise<void>((resolve) => {
      worker.on("message", (message: ContentMessage) => {
        if (message.type === "progress") {
          this.#change({ progress: message.text });
          return;
        }
        if (message.type === "content") this.#change({ content: message.content, failure: null });
        else this.#change({ failure: message.failure });
        resolve();
      });
      const onEnd = (thrown: unknown): void => {
        if (this.#worker === worker) this.#change({ failure: pageFailure(thrown) });
        resolve();
      };
      worker.once("error", onEnd);
      worker.once("exit", () =>
        onEnd(new Error("The definitions ended their thread before they were loaded.")),
      );
    });
    this.#worker = null;
    await worker.terminate();
  }

  #change(state: Partial<PageState>): void {
    if (this.#isClosed) return;
    if (state.content !== undefined) this.#content = state.content;
    if (state.failure !== undefined) this.#failure = state.failure;
    if (state.progress !== undefined) this.#progress = state.progress;
    this.#listeners.tell();
  }
}
