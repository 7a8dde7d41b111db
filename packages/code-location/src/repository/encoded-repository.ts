import type { LeftOut } from "../dagster-version/drop-unsupported.ts";

/** Definitions as they go over the wire, encoded once for all requests. */
export interface EncodedRepository {
  /** Follows from the content alone, so that Dagster does not reload after a restart, or for another replica. */
  readonly serverId: string;
  /** The whole answer to `ExternalRepository` for hosts that fetch jobs later, encoded. */
  readonly reply: Uint8Array<ArrayBuffer>;
  /** How many characters of the JSON in `reply` hold the fields that do not depend on the host. */
  readonly fieldsLength: number;
  readonly assets: number;
  /** What the host cannot hold, and how many assets that concerns. */
  readonly leftOut: LeftOut;
}
