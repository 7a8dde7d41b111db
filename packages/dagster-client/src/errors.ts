import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means. */
export const dagsterClientErrorCodes = {
  DAGSTER_URL_INVALID: "The URL of Dagster is not an http or https URL, or contains a password.",
  DAGSTER_TOKEN_INVALID: "The token contains characters that a header cannot have.",
  DAGSTER_UNREACHABLE: "No connection to Dagster, or it was lost.",
  DAGSTER_TIMEOUT: "Dagster did not answer within the time limit.",
  DAGSTER_REDIRECT: "Dagster, or a proxy before it, redirects; redirects are not followed.",
  DAGSTER_REFUSED: "The status of the answer is not 2xx.",
  DAGSTER_QUERY_FAILED: "The answer contains GraphQL errors.",
  DAGSTER_ANSWER_TOO_LARGE: "The answer exceeds the size limit.",
  DAGSTER_ANSWER_INVALID: "The answer is not JSON, or does not have the expected shape.",
} as const;

export type DagsterClientErrorCode = keyof typeof dagsterClientErrorCodes;

export interface DagsterClientErrorDetails {
  readonly code: DagsterClientErrorCode;
  /** Where Dagster was asked; null when the URL is not valid. Never contains a password. */
  readonly endpoint: string | null;
  /** What happened, to follow the word "it": `answered 401`. */
  readonly reason: string;
  /** Status of the HTTP answer; null without one. */
  readonly status?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A query that did not succeed. Neither the message nor any property contains the token. */
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
