import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and their meanings; `docs/reference/errors.md` is checked against it. */
export const dagsterClientErrorCodes = {
  DAGSTER_URL_INVALID: "The URL of Dagster is not an http or https URL, or contains a password.",
  DAGSTER_TOKEN_INVALID: "The token contains characters that are not valid in a header.",
  DAGSTER_UNREACHABLE: "Dagster cannot be reached, or the connection was lost.",
  DAGSTER_TIMEOUT: "Dagster did not answer within the time limit.",
  DAGSTER_REDIRECT: "Dagster, or a proxy in front of it, answered with a redirect, which is not followed.",
  DAGSTER_REFUSED: "The HTTP status of the answer is not 2xx.",
  DAGSTER_QUERY_FAILED: "The answer contains GraphQL errors.",
  DAGSTER_ANSWER_TOO_LARGE: "The answer exceeds the size limit.",
  DAGSTER_ANSWER_INVALID: "The answer is not JSON, or does not have the expected shape.",
} as const;

/** One of the {@link dagsterClientErrorCodes}. */
export type DagsterClientErrorCode = keyof typeof dagsterClientErrorCodes;

/** Constructor options of {@link DagsterClientError}. */
export interface DagsterClientErrorDetails {
  readonly code: DagsterClientErrorCode;
  /** URL of the GraphQL API; null when the given URL is invalid. Never contains a password. */
  readonly endpoint: string | null;
  /** What happened, as a predicate of "Dagster": `answered 401`. */
  readonly reason: string;
  /** HTTP status of the answer; null without one. */
  readonly status?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A query that failed. Neither the message nor any property contains the token. */
export class DagsterClientError extends DagsterSigmaError {
  declare readonly code: DagsterClientErrorCode;
  readonly endpoint: string | null;
  readonly reason: string;
  readonly status: number | null;

  constructor({ code, endpoint, reason, status, hint, cause }: DagsterClientErrorDetails) {
    const subject = endpoint === null ? "The URL of Dagster" : `Dagster at ${endpoint}`;
    super({ code, message: `${subject} ${reason}.`, hint, cause });
    this.endpoint = endpoint;
    this.reason = reason;
    this.status = status ?? null;
  }
}
