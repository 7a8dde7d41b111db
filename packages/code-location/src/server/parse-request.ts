import { CodeLocationError } from "../errors.ts";

/**
 * Parses the serialized arguments of a call about runs.
 *
 * @throws CodeLocationError `REQUEST_INVALID`; the message does not quote the request, which may contain a password
 */
export function parseRequest(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new CodeLocationError("REQUEST_INVALID", "Dagster's request cannot be parsed.");
  }
  if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
    return parsed as Readonly<Record<string, unknown>>;
  throw new CodeLocationError("REQUEST_INVALID", "Dagster's request is not an object.");
}
