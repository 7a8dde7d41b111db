import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package with their meaning. `npm run check` compares `docs/reference/errors.md` with it. */
export const sigmaClientErrorCodes = {
  SIGMA_BASE_URL_INVALID: "The base URL is not a valid URL of Sigma's API.",
  SIGMA_CA_FILE_UNREADABLE: "The file with extra certificates cannot be read.",
  SIGMA_AUTHENTICATION: "Sigma rejected the client id and secret, or a new token (401).",
  SIGMA_PERMISSION: "The credentials lack the permission (403).",
  SIGMA_NOT_FOUND: "The object does not exist or no longer exists (404, 410).",
  SIGMA_RATE_LIMIT: "Sigma's rate limit was exceeded in all attempts (429).",
  SIGMA_SERVER: "Sigma returned a server error in all attempts (402 `timedout`, 408, 5xx).",
  SIGMA_REQUEST: "Sigma rejected the request (any other 4xx).",
  SIGMA_CONNECTION: "The connection to Sigma failed or was lost.",
  SIGMA_TIMEOUT: "Sigma did not respond within the time limit.",
  SIGMA_RESPONSE_INCOMPLETE: "Sigma returned 2xx with a body that is not complete JSON.",
  SIGMA_RESPONSE_SHAPE: "Sigma returned JSON of an unknown shape.",
  ANSWER_TOO_LARGE: "A response exceeds the limit of its size.",
  SIGMA_PAGINATION: "A listing in Sigma has no last page, or more pages or rows than the limits.",
  LIST_INCOMPLETE: "A listing in Sigma contradicts itself, so that rows may be missing.",
} as const;

type SigmaClientErrorCode = keyof typeof sigmaClientErrorCodes;

/** The call that failed. */
export interface FailedCall {
  /** Method and path, for example `GET /v2/workbooks/…/lineage`; without host, query and secrets. */
  readonly endpoint: string;
  /** Number of attempts. */
  readonly tries: number;
}

interface SigmaErrorOptions {
  readonly code: SigmaClientErrorCode;
  readonly call: FailedCall;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** See {@link SigmaError.mayHaveTakenEffect}. */
  readonly mayHaveTakenEffect?: boolean;
}

/** The call that requests a token; it changes nothing. */
export const signInEndpoint = "POST /v2/auth/token";

/** Base class of all errors of calls to Sigma. */
export class SigmaError extends DagsterSigmaError {
  /** See {@link FailedCall.endpoint}. */
  readonly endpoint: string;
  /** Number of attempts. */
  readonly tries: number;
  /**
   * Whether Sigma may have carried out the request, which matters for a POST: false if Sigma refused it, if it was not sent,
   * or if the sign-in before it failed.
   */
  readonly mayHaveTakenEffect: boolean;

  constructor(options: SigmaErrorOptions) {
    super({
      code: options.code,
      message: `${options.call.endpoint}: ${options.message}`,
      hint: options.hint,
      cause: options.cause,
    });
    this.endpoint = options.call.endpoint;
    this.tries = options.call.tries;
    this.mayHaveTakenEffect =
      options.call.endpoint !== signInEndpoint && options.mayHaveTakenEffect !== false;
  }
}

/** An error response of Sigma. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** Sigma's own code, for example `inode_archived`. */
  readonly sigmaCode: string | null;
  /** Sigma's id of the request, for support requests. */
  readonly requestId: string | null;
  /** Whether the organization does not offer this route: 404 with `errorcause: UnmatchedHandler`. */
  readonly routeMissing: boolean;
}

/** Sigma returned an error response. */
export class SigmaApiError extends SigmaError {
  /** HTTP status. */
  readonly status: number;
  /** Sigma's own code, for example `inode_archived`. */
  readonly sigmaCode: string | null;
  /** Sigma's id of the request, for support requests. */
  readonly requestId: string | null;
  /** Whether the organization does not offer this route. */
  readonly routeMissing: boolean;

  constructor(options: SigmaErrorOptions & { readonly refusal: Refusal }) {
    super(options);
    this.status = options.refusal.status;
    this.sigmaCode = options.refusal.sigmaCode;
    this.requestId = options.refusal.requestId;
    this.routeMissing = options.refusal.routeMissing;
  }
}

/** 401 from the sign-in, or from a call with a new token. */
export class SigmaAuthenticationError extends SigmaApiError {}
/** 403: the owner of the credentials has no access. */
export class SigmaPermissionError extends SigmaApiError {}
/** 404 or 410: the object does not exist. */
export class SigmaNotFoundError extends SigmaApiError {}
/** 429 in all attempts. */
export class SigmaRateLimitError extends SigmaApiError {
  /** The last `Retry-After`, in ms; null without one. */
  readonly retryAfterMs: number | null;

  constructor(
    options: SigmaErrorOptions & { readonly refusal: Refusal; readonly retryAfterMs: number | null },
  ) {
    super(options);
    this.retryAfterMs = options.retryAfterMs;
  }
}
/** 402 `timedout`, 408 or 5xx in all attempts. */
export class SigmaServerError extends SigmaApiError {}

/** No response: a network, DNS or TLS error. */
export class SigmaConnectionError extends SigmaError {}

/** No response within a time limit. */
export class SigmaTimeoutError extends SigmaError {
  /** The exceeded limit, in ms. */
  readonly timeoutMs: number;

  constructor(options: SigmaErrorOptions & { readonly timeoutMs: number }) {
    super(options);
    this.timeoutMs = options.timeoutMs;
  }
}

/** A 2xx response with an invalid body, or a body that is too large. Not a {@link SigmaApiError}, because Sigma reported no error. */
export class SigmaResponseError extends SigmaError {}

/** The JSON of a response does not have the expected shape. Never retried. */
export class SigmaResponseShapeError extends SigmaError {
  /** Position in the response, for example `$.entries[3].workbookId`. */
  readonly jsonPath: string;
  /** The expected type. */
  readonly expected: string;
  /** The type that was found; string values are omitted. */
  readonly found: string;

  constructor(
    call: FailedCall,
    shape: {
      readonly jsonPath: string;
      readonly expected: string;
      readonly found: string;
      /** In a listing: how many of its rows are unreadable. */
      readonly unreadableRows?: string;
    },
  ) {
    const { jsonPath, expected, found, unreadableRows } = shape;
    const what = unreadableRows === undefined ? "" : `${unreadableRows}, the first one `;
    super({
      code: "SIGMA_RESPONSE_SHAPE",
      call,
      message: `the answer has an unknown shape: ${what}at ${jsonPath} expected ${expected}, found ${found}.`,
      hint: "Sigma may have changed its API: look for a newer version of dagster-sigma, and report this line if there is none.",
    });
    this.jsonPath = jsonPath;
    this.expected = expected;
    this.found = found;
  }
}
