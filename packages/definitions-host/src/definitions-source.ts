import type { Failure } from "./failure/failure.ts";
import type { SensorRequest } from "./sensor-request.ts";

/** What a source of definitions has at a moment. */
export interface SourceState<Content> {
  /** Of the last load that succeeded; null before the first. */
  readonly content: Content | null;
  /** Of the last load; null when it succeeded. */
  readonly failure: Failure | null;
  /** What is being done now, for people; null when nothing is. */
  readonly progress: string | null;
}

/** How the evaluation of a sensor ended. With a failure the cursor stays where it is. */
export type SensorOutcome =
  | { readonly type: "result"; readonly encoded: string }
  | { readonly type: "failure"; readonly failure: Failure };

/** How a load ended. */
export interface LoadResult<Content> {
  /** Null when it failed. */
  readonly content: Content | null;
  /** Null when it succeeded. */
  readonly failure: Failure | null;
  readonly wallMs: number;
}

/**
 * Where an outlet gets its definitions from, encoded for it. `current()` answers at once, whatever user code does.
 * `docs/reference/reloads.md` has the policy of reloads that every source follows.
 */
export interface DefinitionsSource<Content> {
  current(): SourceState<Content>;
  /** Calls back whenever `current()` changed; returns a function that stops it. */
  onChange(listener: () => void): () => void;
  /** Loads the definitions. Resolves when a load that began after the call has ended, well or not; never rejects. */
  reload(): Promise<void>;
  /** Like `reload()`, fetching what changed first; null where there is nothing to fetch from. */
  readonly refresh: (() => Promise<void>) | null;
  /** Never rejects. */
  evaluateSensor(request: SensorRequest): Promise<SensorOutcome>;
  /** Ends user code that runs. */
  close(): Promise<void>;
}
