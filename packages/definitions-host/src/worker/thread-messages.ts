import type { SensorOutcome } from "../definitions-source.ts";
import type { Failure } from "../failure/failure.ts";
import type { SensorRequest } from "../sensor-request.ts";

/** The `workerData` of a thread. */
export interface ThreadData {
  /** URL of a `DefinitionsModule`, and its options. */
  readonly module: string;
  readonly options: unknown;
  /** URL of the outlet's encoder, and its options. */
  readonly encoder: string;
  readonly encoderOptions: unknown;
  readonly userFolder: string | null;
  readonly sensorTimeoutMs: number;
}

/** A file that definitions were loaded from, and its version at that time. */
export interface FileVersion {
  readonly file: string;
  readonly version: string;
}

/** Messages from the thread. */
export type ThreadMessage =
  | { readonly type: "alive"; readonly what: string; readonly isProgress: boolean }
  | {
      readonly type: "loaded";
      readonly content: unknown;
      readonly hasSensors: boolean;
      readonly stateFiles: readonly FileVersion[];
    }
  | { readonly type: "failed"; readonly failure: Failure }
  /** The last message before the thread ends itself. */
  | { readonly type: "ending"; readonly failure: Failure }
  | { readonly type: "evaluated"; readonly id: number; readonly outcome: SensorOutcome }
  | { readonly type: "pong" };

/** Messages to the thread. */
export type ThreadRequest =
  | { readonly type: "evaluate"; readonly id: number; readonly request: SensorRequest }
  | { readonly type: "ping" };
