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
import type { Redact } from "./known-secrets.ts";
import { type EffectOutcome, mayHaveTakenEffect } from "./may-have-taken-effect.ts";
import type { Answer } from "./read-answer.ts";
import { minBytesPerSecond } from "./slow-body-watch.ts";

/** The outcome of an attempt that returned no JSON. */
export type Failure =
  | Exclude<Answer, { readonly type: "ok" }>
  | { readonly type: "noConnection"; readonly sent: boolean; readonly cause: unknown }
  | {
      readonly type: "timeout";
      readonly sent: boolean;
      readonly timeoutMs: number;
      /** Whether the body arrived too slowly, instead of not at all. */
      readonly isSlow: boolean;
      readonly cause: unknown;
    }
  /** The response exceeds a limit. */
  | { readonly type: "tooLarge"; readonly limit: string };

/** Where calls go, and what must not be printed. */
export interface CallTarget {
  readonly baseUrl: string;
  /** Removes known secrets from a text. */
  readonly redact: Redact;
}

/** Creates the error of a call whose last attempt failed. */
export function buildCallError(call: FailedCall, failure: Failure, target: CallTarget): SigmaError {
  const { baseUrl, redact } = target;
  const effect = { mayHaveTakenEffect: mayHaveTakenEffect(effectOutcomeOf(failure)) };
  switch (failure.type) {
    case "unauthorized":
      return buildAuthenticationError(call, failure.refusal, baseUrl, effect);
    case "refused":
      return buildRefusalError(call, failure, effect);
    case "incomplete":
      return new SigmaResponseError({
        code: "SIGMA_RESPONSE_INCOMPLETE",
        call,
        message: `the response was not complete JSON, ${times(call.tries)}.`,
        hint: "A proxy may truncate or replace responses; try again later.",
      });
    case "tooLarge":
      return new SigmaResponseError({
        code: "ANSWER_TOO_LARGE",
        call,
        message: `the response exceeds ${failure.limit}; it was not read further, and not requested again.`,
        hint: "Check that no proxy replaces responses; raise maxAnswerBytes if this response is really that large.",
      });
    case "timeout":
      return new SigmaTimeoutError({
        code: "SIGMA_TIMEOUT",
        call,
        ...effect,
        timeoutMs: failure.timeoutMs,
        message: failure.isSlow
          ? `after ${failure.timeoutMs} ms the response came more slowly than ${minBytesPerSecond} bytes per second, ${times(call.tries)}.`
          : `no complete response within ${failure.timeoutMs} ms, ${times(call.tries)}.`,
        hint: `Check that ${baseUrl} can be reached from this machine, or raise the time limits.`,
        cause: withoutSecrets(failure.cause, redact),
      });
    case "noConnection":
      return new SigmaConnectionError({
        code: "SIGMA_CONNECTION",
        call,
        ...effect,
        message: `no connection to ${baseUrl} (${redact(reason(failure.cause))}), ${times(call.tries)}.`,
        hint: "Check the network, the base URL, and HTTPS_PROXY / NODE_EXTRA_CA_CERTS if you are behind a proxy.",
        cause: withoutSecrets(failure.cause, redact),
      });
  }
}

type Effect = Pick<SigmaError, "mayHaveTakenEffect">;

function effectOutcomeOf(failure: Failure): EffectOutcome {
  return failure.type === "refused" ? { type: "refused", ...failure.refusal } : failure;
}

/** A copy of an error without its own properties, which may contain parts of the request or of the response. */
function withoutSecrets(cause: unknown, redact: Redact): Error {
  if (!(cause instanceof Error)) return new Error(redact(String(cause)));
  const copy = new Error(redact(cause.message));
  copy.stack = redact(cause.stack ?? copy.message);
  return "code" in cause ? Object.assign(copy, { code: redact(String(cause.code)) }) : copy;
}

/** A wrong region and wrong credentials both cause 401, so the message names both. */
function buildAuthenticationError(
  call: FailedCall,
  refusal: Refusal,
  baseUrl: string,
  effect: Effect,
): SigmaAuthenticationError {
  const region = regionOf(baseUrl);
  return new SigmaAuthenticationError({
    code: "SIGMA_AUTHENTICATION",
    call,
    ...effect,
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
  effect: Effect,
): SigmaApiError {
  const { refusal, said } = failure;
  const answer = `${refusal.status}${refusal.sigmaCode === null ? "" : ` ${refusal.sigmaCode}`}`;
  const message = `Sigma answered ${answer}${said === null ? "" : `, "${said}"`}${requestIdText(refusal)}${
    call.tries > 1 ? `, ${times(call.tries)}` : ""
  }.`;
  const options = { call, ...effect, refusal, message };
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
