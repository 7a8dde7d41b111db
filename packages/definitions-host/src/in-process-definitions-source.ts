import type { Definitions } from "@dagster-sigma/asset-graph";
import { ChangeListeners } from "./change-listeners.ts";
import type { DefinitionsSource, LoadResult, SensorOutcome, SourceState } from "./definitions-source.ts";
import { evaluateSensor } from "./evaluate-sensor.ts";
import { describeFailure } from "./failure/describe-failure.ts";
import type { Outlet } from "./outlet.ts";
import { ReloadPolicy, type RunningLoad } from "./reload/reload-policy.ts";
import type { SensorRequest } from "./sensor-request.ts";
import { fileVersion, stateFilesOf } from "./worker/file-version.ts";
import type { FileVersion } from "./worker/thread-messages.ts";

/** Constructor options of {@link InProcessDefinitionsSource}. */
export interface InProcessDefinitionsOptions<Content> {
  /** Encodes the definitions. */
  readonly outlet: Outlet<Content>;
  /** Creates the definitions; called on every reload. */
  readonly load: (onProgress: (text: string) => void) => Definitions | Promise<Definitions>;
  /** Initial definitions. Default: none until the first reload. */
  readonly definitions?: Definitions;
  /** Whether a reload fetches changes, so that a refresh can be offered. Default: false. */
  readonly isRefreshable?: boolean;
  /** Called after each load that ended. */
  readonly onLoaded?: (result: LoadResult<Content>) => void;
}

/**
 * Runs a function in this thread that creates the definitions: for embedding, and for graphs without user code. A
 * load cannot be stopped here: the result of an abandoned load is ignored.
 */
export class InProcessDefinitionsSource<Content> implements DefinitionsSource<Content> {
  readonly refresh: (() => Promise<void>) | null;
  readonly #options: InProcessDefinitionsOptions<Content>;
  readonly #listeners = new ChangeListeners();
  readonly #policy: ReloadPolicy<object>;
  #state: SourceState<Content> = { content: null, failure: null, progress: null };
  #definitions: Definitions | null = null;
  #stateFiles: readonly FileVersion[] = [];
  #isClosed = false;

  constructor(options: InProcessDefinitionsOptions<Content>) {
    this.#options = options;
    this.refresh = options.isRefreshable === true ? () => this.reload() : null;
    this.#policy = new ReloadPolicy<object>({
      start: () => this.#start(),
      onIdle: () => this.#change({ progress: null }),
    });
    if (options.definitions !== undefined) this.#take(options.definitions, performance.now());
  }

  current(): SourceState<Content> {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  reload(): Promise<void> {
    return this.#policy.request();
  }

  /** The inputs of the definitions have changed: abandons the running load. Resolves like `reload`. */
  edited(): Promise<void> {
    return this.#policy.edited();
  }

  async evaluateSensor(request: SensorRequest): Promise<SensorOutcome> {
    const outcome = await evaluateSensor(this.#definitions, request, this.#options.outlet);
    // A sensor may refresh the state that the definitions were loaded from. Dagster does not wait for the reload.
    const isChanged = this.#stateFiles.some(({ file, version }) => fileVersion(file)?.version !== version);
    if (isChanged && !this.#policy.isLoading) void this.reload();
    return outcome;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#policy.close();
  }

  #start(): RunningLoad {
    this.#change({ progress: this.refresh === null ? "Loading the definitions" : "Refreshing" });
    const startedMs = performance.now();
    let cancel = (): void => undefined;
    const cancelled = new Promise<null>((resolve) => {
      cancel = () => resolve(null);
    });
    const loaded = (async () => this.#options.load((progress) => this.#change({ progress })))();
    const ended = Promise.race([loaded, cancelled]).then(
      (definitions) => {
        if (definitions !== null) this.#take(definitions, startedMs);
      },
      (thrown: unknown) => this.#fail(thrown, startedMs),
    );
    return { ended: ended.then(() => ({ isStalled: false })), cancel };
  }

  #take(definitions: Definitions, startedMs: number): void {
    try {
      const content = this.#options.outlet.encode(definitions);
      this.#definitions = definitions;
      this.#stateFiles = stateFilesOf(definitions);
      this.#change({ content, failure: null });
      this.#options.onLoaded?.({ content, failure: null, wallMs: performance.now() - startedMs });
    } catch (thrown) {
      this.#fail(thrown, startedMs);
    }
  }

  #fail(thrown: unknown, startedMs: number): void {
    const failure = describeFailure(thrown);
    this.#change({ failure });
    this.#options.onLoaded?.({ content: null, failure, wallMs: performance.now() - startedMs });
  }

  #change(change: Partial<SourceState<Content>>): void {
    if (this.#isClosed) return;
    this.#state = { ...this.#state, ...change };
    this.#listeners.notify();
  }
}

/** A source with fixed definitions. */
export function createStaticDefinitionsSource<Content>(
  definitions: Definitions,
  outlet: Outlet<Content>,
): InProcessDefinitionsSource<Content> {
  return new InProcessDefinitionsSource({ outlet, definitions, load: () => definitions });
}
