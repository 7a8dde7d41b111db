import type { Definitions } from "@dagster-sigma/asset-graph";
import type { UserCode } from "./failure/code-place.ts";

/** Lets user code report that it is still working. A load without activity for too long is ended. */
export interface SignsOfLife {
  /**
   * Reports activity, for example `GET /v2/workbooks answered 200`. Only shown if the load stalls, as its last
   * activity.
   */
  readonly alive: (what: string) => void;
  /** Reports the current step; outlets show it. */
  readonly progress: (text: string) => void;
}

/**
 * A JavaScript module that the host imports in its worker thread. It runs user code, which may take any amount of
 * time.
 *
 * @typeParam Options the module's options; copied to the thread
 */
export interface DefinitionsModule<Options> {
  /** Loads the definitions; may take any time as long as it reports activity. */
  readonly loadDefinitions: (options: Options, signs: SignsOfLife) => Promise<Definitions>;
  /**
   * Wraps user code (a load, or later the evaluation of a sensor) in the environment that it needs. Default: runs it
   * directly.
   */
  readonly runInEnvironment?: <Result>(
    options: Options,
    signs: SignsOfLife,
    run: () => Promise<Result>,
  ) => Promise<Result>;
  /** Maps a position in compiled user code to the position in its source, for errors. */
  readonly sourcePlace?: UserCode["sourcePlace"];
}
