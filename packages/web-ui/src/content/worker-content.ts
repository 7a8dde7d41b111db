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
  #running: Promise<void> | null = null;
  /** What loads are told besides their options, until one has come to an end. */
  #wanted: Partial<Options> = {};
  /** Gives up the load that is under way. */
  #endLoad: (() => void) | null = null;
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

  /**
   * Loads anew. The newest wins: a load that is under way is ended, since what it would give is old already; what it was told
   * to do besides is done by the new one.
   */
  reload(changed: Partial<Options> = {}): Promise<void> {
    this.#wanted = { ...this.#wanted, ...changed };
    this.#endLoad?.();
    this.#running ??= this.#loadUntilQuiet().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endLoad?.();
    await this.#running;
  }

  async #loadUntilQuiet(): Promise<void> {
    for (let isDone = false; !isDone && !this.#isClosed; ) {
      const wanted = this.#wanted;
      const isRefresh = Object.keys(wanted).length > 0;
      this.#change({ progress: isRefresh ? "Refreshing" : "Loading the definitions" });
      isDone = await this.#load(wanted);
    }
    this.#wanted = {};
    this.#change({ progress: null });
  }

  /** Whether it came to an end, good or bad; false when it was ended for a newer one. */
  async #load(changed: Partial<Options>): Promise<boolean> {
    const { module, options } = this.#options;
    const data: ContentWorkerData = { module: module.href, options: { ...options, ...changed } };
    const worker = new Worker(workerFile, { workerData: data });
    const isDone = await new Promise<boolean>((resolve) => {
      // The end of a thread may be told together with the last message.
      let isSettled = false;
      const settle = (hasEnded: boolean, change: Partial<PageState>): void => {
        if (isSettled) return;
        isSettled = true;
        this.#change(change);
        resolve(hasEnded);
      };
      const fail = (thrown: unknown): void => settle(true, { failure: pageFailure(thrown) });
      this.#endLoad = () => settle(false, {});
      worker.on("message", (message: ContentMessage) => {
        if (message.type === "progress") this.#change({ progress: message.text });
        else if (message.type === "content") settle(true, { content: message.content, failure: null });
        else settle(true, { failure: message.failure });
      });
      worker.once("error", fail);
      worker.once("exit", () =>
        fail(new Error("The definitions ended their thread before they were loaded.")),
      );
    });
    this.#endLoad = null;
    await worker.terminate();
    return isDone;
  }

  #change(state: Partial<PageState>): void {
    if (this.#isClosed) return;
    if (state.content !== undefined) this.#content = state.content;
    if (state.failure !== undefined) this.#failure = state.failure;
    if (state.progress !== undefined) this.#progress = state.progress;
    this.#listeners.tell();
  }
}
