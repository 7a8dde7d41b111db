import {
  type FailedCall,
  type Refusal,
  SigmaApiError,
  SigmaAuthenticationError,
  SigmaConnectionError,
  type SigmaError,
  SigmaNotFoundError,
  SigmaPermissionError,
  SigmaRateLimitError,
  SigmaResponseError,
  SigmaServerError,
  SigmaTimeoutError,
} from "../errors.ts";
import { regionOf } from "../regions.ts";
import type { Answer } from "./read-answer.ts";

/** The outcome of an attempt that returned no JSON. */
export type Failure =
  | Exclude<Answer, { readonly type: "ok" }>
  | { readonly type: "noConnection"; readonly sent: boolean; readonly cause: unknown }
  | { readonly type: "timeout"; readonly sent: boolean; readonly timeoutMs: number; readonly cause: unknown };

/** Creates the error of a call whose last attempt failed. */
export function buildCallError(call: FailedCall, failure: Failure, baseUrl: string): SigmaError {
  switch (failure.type) {
    case "unauthorized":
      return buildAuthenticationError(call, failure.refusal, baseUrl);
    case "refused":
      return buildRefusalError(call, failure);
    case "incomplete":
      return new SigmaResponseError({
        code: "SIGMA_RESPONSE_INCOMPLETE",
        call,
        message: `the response was not complete JSON, ${times(call.tries)}.`,
        hint: "A proxy may truncate or replace responses; try again later.",
      });
    case "timeout":
      return new SigmaTimeoutError({
        code: "SIGMA_TIMEOUT",
        call,
        timeoutMs: failure.timeoutMs,
        message: `no response within ${failure.timeoutMs} ms, ${times(call.tries)}.`,
        hint: `Check that ${baseUrl} can be reached from this machine, or raise the time limits.`,
        cause: failure.cause,
      });
    case "noConnection":
      return new SigmaConnectionError({
        code: "SIGMA_CONNECTION",
        call,
        message: `no connection to ${baseUrl} (${reason(failure.cause)}), ${times(call.tries)}.`,
        hint: "Check the network, the base URL, and HTTPS_PROXY / NODE_EXTRA_CA_CERTS if you are behind a proxy.",
        cause: failure.cause,
      });
  }
}

/** A wrong region and wrong credentials both cause 401, so the message names both. */
function buildAuthenticationError(
  call: FailedCall,
  refusal: Refusal,
  baseUrl: string,
): SigmaAuthenticationError {
  const region = regionOf(baseUrl);
  return new SigmaAuthenticationError({
    code: "SIGMA_AUTHENTICATION",
    call,
    refusal,
    message: `Sigma refused the client id and secret (401)${requestIdText(refusal)}.`,
    hint:
      `Either the client id or secret is wrong or revoked, or they belong to another region than ${baseUrl}` +
      `${region === null ? "" : ` (${region})`}: both cause the same response. ` +
      "Compare the base URL under Administration → Account, and the credentials under Administration → Developer access.",
  });
}

function buildRefusalError(
  call: FailedCall,
  failure: Extract<Failure, { readonly type: "refused" }>,
): SigmaApiError {
  const { refusal, said } = failure;
  const answer = `${refusal.status}${refusal.sigmaCode === null ? "" : ` ${refusal.sigmaCode}`}`;
  const message = `Sigma answered ${answer}${said === null ? "" : `, "${said}"`}${requestIdText(refusal)}${
    call.tries > 1 ? `, ${times(call.tries)}` : ""
  }.`;
  const options = { call, refusal, message };
  switch (refusal.status) {
    case 403:
      return new SigmaPermissionError({
        ...options,
        code: "SIGMA_PERMISSION",
        hint: "The owner of the API credentials has no access; grant it in Sigma, or use an admin's credentials.",
      });
    case 404:
    case 410:
      return new SigmaNotFoundError({ ...options, code: "SIGMA_NOT_FOUND" });
    case 429:
      return new SigmaRateLimitError({
        ...options,
        code: "SIGMA_RATE_LIMIT",
        retryAfterMs: failure.retryAfterMs,
        hint: "Lower maxConcurrency or requestsPerSecond, or run at a time when fewer programs use the API.",
      });
  }
  return refusal.status >= 500 || refusal.status === 408 || refusal.sigmaCode === "timedout"
    ? new SigmaServerError({ ...options, code: "SIGMA_SERVER", hint: "Try again later." })
    : new SigmaApiError({ ...options, code: "SIGMA_REQUEST" });
}

function requestIdText(refusal: Refusal): string {
  return refusal.requestId === null ? "" : ` [request ${refusal.requestId}]`;
}

function times(tries: number): string {
  return tries === 1 ? "tried once" : `tried ${tries} times`;
}

/** Prefers the code of the network error, which is more specific than the message and never contains a secret. */
function reason(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : "unknown reason";
}
