import { DagsterSigmaError, errorText } from "@dagster-sigma/foundation";
import {
  codeExcerpt,
  findCodePlace,
  formatCodePlace,
  maxCauses,
  orderedFrames,
  type UserCode,
} from "./code-place.ts";
import type { Failure } from "./failure.ts";

/**
 * Converts any thrown value to plain data. Never throws.
 *
 * @param userCode frames in this code come first; null if there is none, or if it is unknown
 */
export function describeFailure(thrown: unknown, userCode: UserCode | null = null): Failure {
  try {
    return describe(thrown, userCode, 0);
  } catch (cause) {
    const message = `A value was thrown that cannot be described (${typeof thrown}: ${typeof cause}).`;
    return { code: null, name: "Error", message, hint: null, excerpt: null, stack: [], cause: null };
  }
}

function describe(thrown: unknown, userCode: UserCode | null, depth: number): Failure {
  const known = DagsterSigmaError.isInstance(thrown) ? thrown : null;
  const isError = thrown instanceof Error;
  const located = excerptOf(thrown);
  // An error that was thrown only to locate another one takes its frames and causes from that one.
  const told = located !== null && isError && thrown.cause instanceof Error ? thrown.cause : thrown;
  const place = located !== null || userCode === null || depth > 0 ? null : findCodePlace(thrown, userCode);
  const cause = told instanceof Error ? (told.cause ?? null) : null;
  return {
    code: known?.code ?? null,
    name: known?.code ?? (isError ? thrown.name : "Error"),
    message: `${place === null ? "" : `${formatCodePlace(place)}: `}${errorText(thrown)}`,
    hint: known?.hint ?? null,
    excerpt: located ?? (place === null ? null : codeExcerpt(place)),
    stack: orderedFrames(told, userCode),
    cause: cause === null || depth >= maxCauses ? null : describe(cause, userCode, depth + 1),
  };
}

/** Errors about the user's files carry an excerpt of the line in question. */
function excerptOf(thrown: unknown): string | null {
  const hasExcerpt = typeof thrown === "object" && thrown !== null && "excerpt" in thrown;
  return hasExcerpt && typeof thrown.excerpt === "string" ? thrown.excerpt : null;
}
