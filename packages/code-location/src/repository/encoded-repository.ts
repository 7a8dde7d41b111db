import type { LeftOut } from "../dagster-version/drop-unsupported.ts";

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
}
