import type { Definitions } from "@dagster-sigma/asset-graph";
import type { UserCode } from "./failure/code-place.ts";

/** Where user code shows that it is still working. A load without any sign of life for too long is ended. */
export interface SignsOfLife {
  /** Something was done, for example `GET /v2/workbooks answered 200`. Not shown unless it was the last one. */
  readonly alive: (what: string) => void;
  /** What is being done now; outlets show it. */
  readonly progress: (text: string) => void;
}

/**
 * A module of JavaScript that the host imports in its worker thread. It runs user code, for as long as that takes.
 *
 * @typeParam Options what the module needs to know; copied to the thread
 */
export interface DefinitionsModule<Options> {
  readonly loadDefinitions: (options: Options, signs: SignsOfLife) => Promise<Definitions>;
  /** Runs user code (a load, or later the evaluation of a sensor) in its surroundings; just runs it when omitted. */
  readonly runInEnvironment?: <Result>(
    options: Options,
    signs: SignsOfLife,
    run: () => Promise<Result>,
  ) => Promise<Result>;
  /** Maps a place in compiled user code to the place in its source, for errors. */
  readonly sourcePlace?: UserCode["sourcePlace"];
}
