import { parseDuration } from "@dagster-sigma/foundation";
import { LoadTimeoutError } from "../errors.ts";

/** Environment variable for the limit; the option takes precedence. */
export const loadTimeoutVariable = "DAGSTER_SIGMA_LOAD_TIMEOUT";

/** Default time without activity after which a load is ended, in ms: 10 minutes. */
export const defaultLoadTimeoutMs = 600_000;

/**
 * The time limit for loads, in ms.
 *
 * @param text of the option, or of `DAGSTER_SIGMA_LOAD_TIMEOUT` if that is not given; the default if empty or missing
 * @throws LoadTimeoutError `LOAD_TIMEOUT_INVALID`
 */
export function parseLoadTimeout(text: string | undefined): number {
  if (text === undefined || text.trim() === "") return defaultLoadTimeoutMs;
  const ms = parseDuration(text);
  if (ms === null) throw new LoadTimeoutError(text);
  return ms;
}
