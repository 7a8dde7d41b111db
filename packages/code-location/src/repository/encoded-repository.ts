import type { LeftOut } from "../dagster-version/drop-unsupported.ts";
import type { EncodedJob } from "../records/job-record.ts";
import type { RunnableOp } from "../records/runnable-op.ts";

/** What runs need of definitions. */
export interface EncodedRuns extends EncodedJob {
  readonly ops: readonly RunnableOp[];
  /** The definitions for the Python process that starts runs. */
  readonly document: string;
}

/** Definitions in wire format, encoded once for all requests. */
export interface EncodedRepository {
  /**
   * Depends only on the content, so that Dagster does not reload after a restart, or when another replica answers.
   */
  readonly serverId: string;
  /** The complete, encoded answer to `ExternalRepository` for hosts that fetch jobs later. */
  readonly reply: Uint8Array<ArrayBuffer>;
  /** Length of the prefix of the JSON in `reply`, in characters, that is the same for all hosts. */
  readonly fieldsLength: number;
  readonly assets: number;
  /** Features that the host does not support, with the number of assets affected. */
  readonly leftOut: LeftOut;
  /** Number of assets that have code. */
  readonly executables: number;
  /** Null if the location runs nothing. */
  readonly runs: EncodedRuns | null;
}
