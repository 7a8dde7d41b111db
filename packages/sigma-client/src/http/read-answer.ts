import type { Refusal } from "../errors.ts";
import type { FetchLikeResponse } from "./fetch-like.ts";
import { checkJsonLimits } from "./json-limits.ts";
import type { Redact } from "./known-secrets.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** A classified response. */
export type Answer =
  | {
      readonly type: "ok";
      readonly json: unknown;
      /** Length of the decompressed body, in characters. */
      readonly length: number;
    }
  | { readonly type: "incomplete" }
  | { readonly type: "unauthorized"; readonly refusal: Refusal }
  | {
      readonly type: "refused";
      readonly status: number;
      readonly sigmaCode: string | null;
      readonly retryAfterMs: number | null;
      readonly refusal: Refusal;
      /** Sigma's error message, shortened to one line. */
      readonly said: string | null;
    };

export interface ReadOptions {
  /** Removes known secrets from a text. */
  readonly redact: Redact;
  /** Whether the request was a sign-in, of whose error only status and code are used. */
  readonly isSignIn: boolean;
  readonly nowMs: number;
}

/**
 * Classifies a response by status, headers and body. A 2xx whose body is not complete JSON is `incomplete`.
 *
 * @throws AnswerTooLarge if the JSON has too many or too deeply nested values
 */
export function readAnswer(response: FetchLikeResponse, body: string, options: ReadOptions): Answer {
  const { status, headers } = response;
  const { redact, isSignIn } = options;
  checkJsonLimits(body);
  const json = parseJson(body);
  if (status >= 200 && status < 300)
    return json === undefined ? { type: "incomplete" } : { type: "ok", json, length: body.length };
  const said = errorBody(json, redact);
  const headerId = headers.get("x-request-id");
  const refusal: Refusal = {
    status,
    sigmaCode: said.code,
    requestId: isSignIn ? null : (said.requestId ?? (headerId === null ? null : oneLine(redact(headerId)))),
    routeMissing: status === 404 && headers.get("errorcause") === "UnmatchedHandler",
  };
  if (status === 401) return { type: "unauthorized", refusal };
  return {
    type: "refused",
    status,
    sigmaCode: said.code,
    retryAfterMs: parseRetryAfter(headers.get("retry-after"), headers.get("date"), options.nowMs),
    refusal,
    said: isSignIn ? null : said.message,
  };
}

/** Undefined if the text is not JSON; JSON itself has no undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface ErrorBody {
  readonly code: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
}

/** Reads `{ requestId, message, code }`; each field may be missing. */
function errorBody(json: unknown, redact: Redact): ErrorBody {
  const field = (name: string): string | null => {
    const value =
      typeof json === "object" && json !== null ? (json as Record<string, unknown>)[name] : undefined;
    return typeof value === "string" || typeof value === "number" ? oneLine(redact(String(value))) : null;
  };
  return { code: field("code"), message: field("message"), requestId: field("requestId") };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
