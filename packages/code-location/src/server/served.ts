import { createHash } from "node:crypto";
import { describeFailure, type Failure, type SourceState } from "@dagster-sigma/definitions-host";
import { CodeLocationError } from "../errors.ts";
import { errorRecord } from "../records/error-record.ts";
import type { EncodedRepository } from "../repository/encoded-repository.ts";
import { toWireJson } from "../wire/wire-json.ts";

/** What the server hands out at a moment: definitions, or why there are none. */
export type Served =
  | { readonly type: "repository"; readonly serverId: string; readonly repository: EncodedRepository }
  | {
      readonly type: "error";
      readonly serverId: string;
      /** A `SerializableErrorInfo`, serialized. */
      readonly error: string;
    };

/**
 * What Dagster sees of a source.
 *
 * @param keepLastGood whether the last good definitions stay while they fail to load; Dagster shows the error otherwise
 */
export function servedOf(
  { content, failure }: Pick<SourceState<EncodedRepository>, "content" | "failure">,
  keepLastGood: boolean,
): Served {
  if (content !== null && (failure === null || keepLastGood))
    return { type: "repository", serverId: content.serverId, repository: content };
  return servedError(failure ?? loading);
}

/** Its frames would be ours and say nothing. */
const loading: Failure = {
  ...describeFailure(
    new CodeLocationError(
      "CODE_LOCATION_LOADING",
      "The definitions are being loaded; they appear by themselves.",
    ),
  ),
  stack: [],
};

/** Equal failures have equal ids, so that Dagster does not reload for a failure that it shows already. */
function servedError(failure: Failure): Served {
  const error = toWireJson(errorRecord(failure));
  return { type: "error", serverId: createHash("sha256").update(error).digest("hex").slice(0, 32), error };
}
