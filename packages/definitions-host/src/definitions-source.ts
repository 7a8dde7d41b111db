import type { Failure } from "./failure/failure.ts";
import type { SensorLogLine, SensorRequest } from "./sensor-request.ts";

/** The current state of a definitions source. */
export interface SourceState<Content> {
  /** Content of the last successful load; null before the first. */
  readonly content: Content | null;
  /** Failure of the last load; null if it succeeded. */
  readonly failure: Failure | null;
  /** The current step of a running load, as text for people; null when nothing is running. */
  readonly progress: string | null;
}

/** Result of evaluating a sensor. On failure the cursor does not change. */
export type SensorOutcome = (
  | { readonly type: "result"; readonly encoded: string }
  | { readonly type: "failure"; readonly failure: Failure }
) & {
  /** What the sensor logged; missing if nothing. */
  readonly log?: readonly SensorLogLine[];
};

/** Result of a load. */
export interface LoadResult<Content> {
  /** Null if the load failed. */
  readonly content: Content | null;
  /** Null if the load succeeded. */
  readonly failure: Failure | null;
  readonly wallMs: number;
}

/**
 * Provides an outlet with its encoded definitions. `current()` returns immediately, whatever user code is doing.
 * `docs/reference/reloads.md` describes the reload policy that every source follows.
 */
export interface DefinitionsSource<Content> {
  /** The current content, failure and progress. Never blocks. */
  current(): SourceState<Content>;
  /** Calls back whenever the result of `current()` changes; returns a function that removes the listener. */
  onChange(listener: () => void): () => void;
  /**
   * Loads the definitions. Resolves when a load that began after this call has ended, successfully or not; never
   * rejects.
   */
  reload(): Promise<void>;
  /** Like `reload()`, but fetches changes first; null if there is nothing to fetch from. */
  readonly refresh: (() => Promise<void>) | null;
  /** Evaluates a sensor. Never rejects. */
  evaluateSensor(request: SensorRequest): Promise<SensorOutcome>;
  /** Stops all running user code. */
  close(): Promise<void>;
}
