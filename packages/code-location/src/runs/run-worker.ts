import type { SensorLogLine } from "@dagster-sigma/definitions-host";
import type { RunOrigin } from "../records/run-origin.ts";
import type { EncodedRuns } from "../repository/encoded-repository.ts";

/** A run to start. */
export interface RunToStart {
  readonly runId: string;
  /** Serialized reference to Dagster's storage; may contain a password. */
  readonly instanceRef: unknown;
}

/** What a sensor logged in one evaluation. */
export interface TickLog {
  /** Serialized reference to Dagster's storage; may contain a password. */
  readonly instanceRef: unknown;
  /** Key under which Dagster looks for the log. */
  readonly logKey: readonly string[];
  readonly repository: string;
  readonly sensor: string;
  readonly lines: readonly SensorLogLine[];
}

/** The address on which a server listens. */
export interface ServedAddress {
  readonly host: string;
  readonly port: number;
}

/** Starts runs, and ends them when they are terminated. */
export interface RunWorker {
  readonly origin: RunOrigin;
  /** Called when the server listens. Finds the runs that an earlier server at this address started. */
  readonly start: (address: ServedAddress) => Promise<void>;
  /** Makes new runs use these definitions; null while there are none. Runs in progress keep theirs. */
  readonly use: (runs: EncodedRuns | null) => void;
  /** Resolves when the run has started: its process read the run from Dagster's storage. Rejects if it cannot. */
  readonly startRun: (run: RunToStart) => Promise<void>;
  /** Resolves with whether the run was in progress, and is being terminated now. */
  readonly cancelRun: (runId: string) => Promise<boolean>;
  readonly currentRuns: () => readonly string[];
  /** Writes to the log of a tick. Without a worker, or if Dagster's storage is away, the lines are lost. */
  readonly writeTickLog: (log: TickLog) => void;
  /** Starts no further runs. Those in progress go on without this process. */
  readonly close: () => Promise<void>;
}
