import type { Refusal } from "../errors.ts";
import type { FetchLikeResponse } from "./fetch-like.ts";
import { parseRetryAfter } from "./retry-after.ts";

/** A classified response. */
export type Answer =
  | { readonly type: "ok"; readonly json: unknown }
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

/** Classifies a response by status, headers and body. A 2xx whose body is not complete JSON is `incomplete`. */
export function readAnswer(response: FetchLikeResponse, body: string, nowMs: number): Answer {
  const { status, headers } = response;
  const json = parseJson(body);
  if (status >= 200 && status < 300)
    return json === undefined ? { type: "incomplete" } : { type: "ok", json };
  const said = errorBody(json);
  const refusal: Refusal = {
    status,
    sigmaCode: said.code,
    requestId: said.requestId ?? headers.get("x-request-id"),
    routeMissing: status === 404 && headers.get("errorcause") === "UnmatchedHandler",
  };
  if (status === 401) return { type: "unauthorized", refusal };
  return {
    type: "refused",
    status,
    sigmaCode: said.code,
    retryAfterMs: parseRetryAfter(headers.get("retry-after"), headers.get("date"), nowMs),
    refusal,
    said: said.message,
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
function errorBody(json: unknown): ErrorBody {
  const field = (name: string): string | null => {
    const value =
      typeof json === "object" && json !== null ? (json as Record<string, unknown>)[name] : undefined;
    return typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : null;
  };
  return { code: field("code"), message: field("message"), requestId: field("requestId") };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
