import { parseDuration } from "@dagster-sigma/foundation";
import { LoadTimeoutError } from "../errors.ts";

/** The variable that sets the limit where no option does. */
export const loadTimeoutVariable = "DAGSTER_SIGMA_LOAD_TIMEOUT";

/** How long a load may go without a sign of life when nothing else is asked for: 10 minutes. */
export const defaultLoadTimeoutMs = 600_000;

/**
 * The limit of a load in ms.
 *
 * @param text of the option or, where that is not given, of `DAGSTER_SIGMA_LOAD_TIMEOUT`; the default when empty or missing
 * @throws LoadTimeoutError `LOAD_TIMEOUT_INVALID`
 */
export function parseLoadTimeout(text: string | undefined): number {
  if (text === undefined || text.trim() === "") return defaultLoadTimeoutMs;
  const ms = parseDuration(text);
  if (ms === null) throw new LoadTimeoutError(text);
  return ms;
}
