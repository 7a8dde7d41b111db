import { createHash } from "node:crypto";
import { describeFailure, type Failure, type SourceState } from "@dagster-sigma/definitions-host";
import { CodeLocationError } from "../errors.ts";
import { errorRecord } from "../records/error-record.ts";
import type { EncodedRepository } from "../repository/encoded-repository.ts";
import { toWireJson } from "../wire/wire-json.ts";

/** What the server currently serves: definitions, or the reason why there are none. */
export type Served =
  | { readonly type: "repository"; readonly serverId: string; readonly repository: EncodedRepository }
  | {
      readonly type: "error";
      readonly serverId: string;
      /** A serialized `SerializableErrorInfo`. */
      readonly error: string;
    };

/**
 * Maps the state of a source to what Dagster sees.
 *
 * @param keepLastGood whether the last good definitions stay while loading fails; otherwise Dagster shows the error
 */
export function servedOf(
  { content, failure }: Pick<SourceState<EncodedRepository>, "content" | "failure">,
  keepLastGood: boolean,
): Served {
  if (content !== null && (failure === null || keepLastGood))
    return { type: "repository", serverId: content.serverId, repository: content };
  return servedError(failure ?? loading);
}

/** Has no stack: its frames would only point into this package. */
const loading: Failure = {
  ...describeFailure(
    new CodeLocationError(
      "CODE_LOCATION_LOADING",
      "The definitions are being loaded. They appear automatically.",
    ),
  ),
  stack: [],
};

/** Equal failures get equal ids, so that Dagster does not reload for a failure that it already shows. */
function servedError(failure: Failure): Served {
  const error = toWireJson(errorRecord(failure));
  return { type: "error", serverId: createHash("sha256").update(error).digest("hex").slice(0, 32), error };
}
