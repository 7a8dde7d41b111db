import type { RunOrigin } from "../records/run-origin.ts";
import type { EncodedRuns } from "../repository/encoded-repository.ts";

/** A run to start. */
export interface RunToStart {
  readonly runId: string;
  /** Serialized reference to Dagster's storage; may contain a password. */
  readonly instanceRef: unknown;
}

/** The address of a server, as Dagster has it. */
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
  /** Whether the run was in progress, and is being terminated now. */
  readonly cancelRun: (runId: string) => boolean;
  readonly currentRuns: () => readonly string[];
  /** Starts no further runs. Those in progress go on without this process. */
  readonly close: () => Promise<void>;
}
