import { DagsterSigmaError } from "@dagster-sigma/foundation";

/** Error codes of this package and what each means; `docs/reference/errors.md` is checked against it. */
export const sigmaClientErrorCodes = {
  SIGMA_BASE_URL_INVALID: "The base URL is not one of an API.",
  SIGMA_CA_FILE_UNREADABLE: "The file with extra certificates cannot be read.",
  SIGMA_AUTHENTICATION: "Sigma refused the client id and secret, or a fresh token (401).",
  SIGMA_PERMISSION: "The credential may not do this (403).",
  SIGMA_NOT_FOUND: "What was asked for does not exist, or no longer (404, 410).",
  SIGMA_RATE_LIMIT: "Sigma kept answering that there are too many calls (429).",
  SIGMA_SERVER: "Sigma kept failing on its side (402 timedout, 408, 5xx).",
  SIGMA_REQUEST: "Sigma refused the request (any other 4xx).",
  SIGMA_CONNECTION: "No connection to Sigma, or it was lost.",
  SIGMA_TIMEOUT: "Sigma did not answer in time.",
  SIGMA_RESPONSE_INCOMPLETE: "Sigma answered 2xx with a body that is not complete JSON.",
  SIGMA_RESPONSE_SHAPE: "Sigma answered JSON of a shape that this version does not know.",
  SIGMA_PAGINATION: "A listing in Sigma does not come to an end.",
} as const;

type SigmaClientErrorCode = keyof typeof sigmaClientErrorCodes;

/** The call that failed. The path holds no host, no query and no secret. */
export interface FailedCall {
  /** `GET /v2/workbooks/{…}/lineage` */
  readonly endpoint: string;
  /** How often it was tried. */
  readonly tries: number;
}

interface SigmaErrorOptions {
  readonly code: SigmaClientErrorCode;
  readonly call: FailedCall;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Anything that went wrong with a call to Sigma. */
export class SigmaError extends DagsterSigmaError {
  readonly endpoint: string;
  readonly tries: number;

  constructor(options: SigmaErrorOptions) {
    super({
      code: options.code,
      message: `${options.call.endpoint}: ${options.message}`,
      hint: options.hint,
      cause: options.cause,
    });
    this.endpoint = options.call.endpoint;
    this.tries = options.call.tries;
  }
}

/** What Sigma said in an answer that was a no. */
export interface Refusal {
  readonly status: number;
  /** Sigma's own code, for example `inode_archived`. */
  readonly sigmaCode: string | null;
  /** To quote to Sigma's support. */
  readonly requestId: string | null;
  /** True when the organization does not have this route (yet): 404 with `errorcause: UnmatchedHandler`. */
  readonly routeMissing: boolean;
}

/** An answer came, and it was a no. */
export class SigmaApiError extends SigmaError {
  readonly status: number;
  readonly sigmaCode: string | null;
  readonly requestId: string | null;
  readonly routeMissing: boolean;

  constructor(options: SigmaErrorOptions & { readonly refusal: Refusal }) {
    super(options);
    this.status = options.refusal.status;
    this.sigmaCode = options.refusal.sigmaCode;
    this.requestId = options.refusal.requestId;
    this.routeMissing = options.refusal.routeMissing;
  }
}

/** 401, after a fresh token was refused too, or by the sign-in itself. */
export class SigmaAuthenticationError extends SigmaApiError {}
/** 403. */
export class SigmaPermissionError extends SigmaApiError {}
/** 404 or 410. */
export class SigmaNotFoundError extends SigmaApiError {}
/** 429, after all tries. */
export class SigmaRateLimitError extends SigmaApiError {
  /** How long Sigma asked to wait; null when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(
    options: SigmaErrorOptions & { readonly refusal: Refusal; readonly retryAfterMs: number | null },
  ) {
    super(options);
    this.retryAfterMs = options.retryAfterMs;
  }
}
/** 402 `timedout`, 408 and 5xx, after all tries. */
export class SigmaServerError extends SigmaApiError {}

/** No answer came: the network, the name, the certificate. */
export class SigmaConnectionError extends SigmaError {}

/** No answer came in time. */
export class SigmaTimeoutError extends SigmaError {
  readonly timeoutMs: number;

  constructor(options: SigmaErrorOptions & { readonly timeoutMs: number }) {
    super(options);
    this.timeoutMs = options.timeoutMs;
  }
}

/** An answer of 2xx came and it is not what it should be. Not a {@link SigmaApiError}: Sigma did not say no. */
export class SigmaResponseError extends SigmaError {}

/** The JSON of an answer has another shape than this version knows. Never retried. */
export class SigmaResponseShapeError extends SigmaError {
  /** Where in the answer, for example `$.entries[3].workbookId`. */
  readonly jsonPath: string;
  readonly expected: string;
  readonly found: string;

  constructor(
    call: FailedCall,
    shape: { readonly jsonPath: string; readonly expected: string; readonly found: string },
  ) {
    super({
      code: "SIGMA_RESPONSE_SHAPE",
      call,
      message: `the answer has an unknown shape: at ${shape.jsonPath} expected ${shape.expected}, found ${shape.found}.`,
      hint: "Sigma may have changed its API: look for a newer version of dagster-sigma, and report this line if there is none.",
    });
    this.jsonPath = shape.jsonPath;
    this.expected = shape.expected;
    this.found = shape.found;
  }
}
