import { CodeLocationError } from "../errors.ts";
import type { HostFeatures } from "../host/host-features.ts";
import { sensorFailure } from "../sensors/evaluate-sensor.ts";
import type { SensorRequest } from "../sensors/sensor-request.ts";
import { ContentThread } from "./content-thread.ts";
import type { LoadedMessage } from "./content-worker.ts";
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
  /** Of the answer that holds the repository; null when it failed. */
  readonly sizeBytes: number | null;
  readonly wallMs: number;
}

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
  /** The thread that loads at the moment. */
  #loading: ContentThread | null = null;
  /** The one whose definitions are served, where it has sensors to evaluate. */
  #serving: ContentThread | null = null;
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
    await Promise.all([this.#loading?.close(), this.#serving?.close()]);
  }

  evaluateSensor(request: SensorRequest): Promise<string> {
    if (this.#serving !== null) return this.#serving.evaluateSensor(request);
    const message = "The definitions that have this sensor are not loaded.";
    return Promise.resolve(sensorFailure(new CodeLocationError("SENSOR_UNKNOWN", message)));
  }

  /** A thread is needed for as long as its sensors may be asked for; that of before until the new one has loaded. */
  async #keepThread(thread: ContentThread, message: LoadedMessage): Promise<void> {
    const isServed = message.type === "repository";
    if (!isServed && this.#options.keepLastGood === true) {
      await thread.close();
      return;
    }
    const before = this.#serving;
    this.#serving = isServed && message.hasSensors ? thread : null;
    if (this.#serving === null) await thread.close();
    // Nobody waits for the sensors that it still evaluates but Dagster.
    void before?.closeWhenIdle();
  }

  async #load(changed: Partial<Options>): Promise<void> {
    if (this.#isClosed) return;
    const startedMs = performance.now();
    const { module, options, features } = this.#options;
    const thread = new ContentThread({ module: module.href, options: { ...options, ...changed }, features });
    this.#loading = thread;
    const message = await thread.loaded;
    this.#loading = null;
    if (this.#isClosed) return;
    await this.#keepThread(thread, message);
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
      sizeBytes: message.type === "repository" ? message.reply.byteLength : null,
      wallMs: performance.now() - startedMs,
    });
  }
}
