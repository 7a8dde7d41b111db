import { ChangeListeners } from "../change-listeners.ts";
import type { DefinitionsSource, LoadResult, SensorOutcome, SourceState } from "../definitions-source.ts";
import { sensorTimeoutMs, unknownSensor } from "../evaluate-sensor.ts";
import { describeFailure } from "../failure/describe-failure.ts";
import type { Outlet } from "../outlet.ts";
import { defaultLoadTimeoutMs } from "../reload/load-timeout.ts";
import { ReloadPolicy, type RunningLoad } from "../reload/reload-policy.ts";
import type { SensorRequest } from "../sensor-request.ts";
import { DefinitionsThread, type ThreadOutcome } from "./definitions-thread.ts";
import { fileVersion } from "./file-version.ts";

/** Constructor options of {@link WorkerDefinitionsSource}. */
export interface WorkerDefinitionsOptions<Content, Options extends object> {
  /** URL of a JavaScript module: see `DefinitionsModule`. */
  readonly module: URL;
  /** Options of the module; copied to the thread. */
  readonly options: Options;
  /** Options to override for a refresh; null if there is nothing to fetch from. */
  readonly refreshOptions?: Partial<Options> | null;
  /** Encodes the definitions in the worker thread. */
  readonly outlet: Outlet<Content>;
  /** Name of what is loaded, for messages. Default: "the definitions". */
  readonly name?: string;
  /** Folder of the user's code, whose stack frames errors show first; null if unknown. */
  readonly userFolder?: string | null;
  /** Time without activity after which a load is ended, in ms. Default: 600,000 (10 minutes). */
  readonly loadTimeoutMs?: number;
  /** Time limit for evaluating a sensor, in ms. Default: 50,000, because Dagster waits 60 s. */
  readonly sensorTimeoutMs?: number;
  /** Delay before a stalled load is retried, in ms. Default: 10 s, doubling up to 10 minutes. */
  readonly retryPauseMs?: (attempt: number) => number;
  /** Called after each load that ended; not for a load that an edit ended. */
  readonly onLoaded?: (result: LoadResult<Content>) => void;
  /** Receives what user code writes to stdout and stderr. Default: writes to this process's stderr. */
  readonly onOutput?: (text: string) => void;
}

/**
 * Minimum interval between replacements of a crashed thread, in ms. A request for one of its sensors is not delayed.
 */
const restartPauseMs = 30_000;

/**
 * Definitions that user code creates in a worker thread. Each load has its own thread, so that no module of an
 * earlier load remains, and this thread stays responsive whatever the code does. While loads fail, the last good
 * content and its sensors stay available.
 */
export class WorkerDefinitionsSource<Content, Options extends object> implements DefinitionsSource<Content> {
  readonly refresh: (() => Promise<void>) | null;
  readonly #options: WorkerDefinitionsOptions<Content, Options>;
  readonly #listeners = new ChangeListeners();
  readonly #policy: ReloadPolicy<Options>;
  #state: SourceState<Content> = { content: null, failure: null, progress: "Loading the definitions" };
  /** The thread of the current content, if it has sensors. */
  #serving: DefinitionsThread | null = null;
  #loading: DefinitionsThread | null = null;
  #stateFiles: ReadonlyMap<string, string> = new Map();
  #lastStartMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(options: WorkerDefinitionsOptions<Content, Options>) {
    this.#options = options;
    const { refreshOptions = null, retryPauseMs } = options;
    this.refresh = refreshOptions === null ? null : () => this.#policy.request(refreshOptions);
    this.#policy = new ReloadPolicy<Options>({
      start: (overrides) => this.#start(overrides),
      onIdle: () => this.#change({ progress: null }),
      ...(retryPauseMs === undefined ? {} : { retryPauseMs }),
    });
  }

  current(): SourceState<Content> {
    return this.#state;
  }

  /** Files of stored states from which the current content was loaded. */
  get stateFiles(): readonly string[] {
    return [...this.#stateFiles.keys()];
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** @param overrides options to override for this load */
  reload(overrides: Partial<Options> = {}): Promise<void> {
    return this.#policy.request(overrides);
  }

  /** A file of the definitions has changed: ends the running load. Resolves like `reload`. */
  edited(): Promise<void> {
    return this.#policy.edited();
  }

  /**
   * A saved state has changed. Reloads, unless the definitions were loaded from exactly this version of it, or not
   * from this file: our own refresh writes the file, too.
   */
  async stateChanged(file: string): Promise<void> {
    if (this.#policy.isLoading) await this.#afterLoad();
    const known = this.#stateFiles.get(file);
    const isOthers = known === undefined && this.#state.failure === null;
    if (this.#isClosed || isOthers || (known !== undefined && known === fileVersion(file)?.version)) return;
    await this.reload();
  }

  async evaluateSensor(request: SensorRequest): Promise<SensorOutcome> {
    if (this.#serving?.isAlive === false) await this.reload();
    if (this.#serving !== null) {
      const outcome = await this.#serving.evaluateSensor(request);
      // A sensor may refresh the state that the definitions were loaded from. Dagster does not wait for the reload.
      for (const file of this.#stateFiles.keys()) void this.stateChanged(file);
      return outcome;
    }
    const { content, failure } = this.#state;
    const names = content === null ? null : [];
    return { type: "failure", failure: describeFailure(unknownSensor(request.name, { names, failure })) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#policy.close();
    await Promise.all([this.#loading?.close(), this.#serving?.close()]);
  }

  #start(overrides: Partial<Options>): RunningLoad {
    const { module, options, outlet, userFolder = null, refreshOptions = null } = this.#options;
    const isRefresh = Object.keys(refreshOptions ?? {}).some((name) => name in overrides);
    this.#change({ progress: isRefresh ? "Refreshing" : "Loading the definitions" });
    const startedMs = performance.now();
    this.#lastStartMs = startedMs;
    const thread = new DefinitionsThread({
      data: {
        module: module.href,
        options: { ...options, ...overrides },
        encoder: outlet.module.href,
        encoderOptions: outlet.options,
        userFolder,
        sensorTimeoutMs: this.#options.sensorTimeoutMs ?? sensorTimeoutMs,
      },
      name: this.#options.name ?? "the definitions",
      loadTimeoutMs: this.#options.loadTimeoutMs ?? defaultLoadTimeoutMs,
      onProgress: (progress) => {
        if (this.#loading === thread) this.#change({ progress });
      },
      onOutput: this.#options.onOutput ?? ((text) => void process.stderr.write(text)),
    });
    this.#loading = thread;
    let isCancelled = false;
    return {
      ended: thread.loaded.then(async (outcome) => {
        if (this.#loading === thread) this.#loading = null;
        if (!isCancelled && !this.#isClosed) this.#take(outcome, thread, performance.now() - startedMs);
        else await thread.close();
        return { isStalled: outcome.isStalled === true };
      }),
      cancel: () => {
        isCancelled = true;
        void thread.close();
      },
    };
  }

  #take(outcome: ThreadOutcome, thread: DefinitionsThread, wallMs: number): void {
    if (outcome.type === "failed") {
      void thread.close();
      this.#change({ failure: outcome.failure });
      this.#options.onLoaded?.({ content: null, failure: outcome.failure, wallMs });
      return;
    }
    const content = outcome.content as Content;
    const before = this.#serving;
    this.#serving = outcome.hasSensors ? thread : null;
    if (outcome.hasSensors) thread.onEnd(() => this.#onServingEnd(thread));
    else void thread.close();
    // Not awaited: only Dagster waits for the sensors that still run in it.
    void before?.closeWhenIdle();
    this.#stateFiles = new Map(outcome.stateFiles.map(({ file, version }) => [file, version]));
    this.#change({ content, failure: null });
    this.#options.onLoaded?.({ content, failure: null, wallMs });
  }

  /** A sensor's loop or crash ended the thread of the current definitions. */
  #onServingEnd(thread: DefinitionsThread): void {
    const isRecent = performance.now() - this.#lastStartMs < restartPauseMs;
    if (this.#isClosed || this.#serving !== thread || isRecent) return;
    void this.reload();
  }

  async #afterLoad(): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = this.onChange(() => {
        if (this.#policy.isLoading && !this.#isClosed) return;
        stop();
        resolve();
      });
    });
  }

  #change(change: Partial<SourceState<Content>>): void {
    if (this.#isClosed) return;
    this.#state = { ...this.#state, ...change };
    this.#listeners.notify();
  }
}
