import { LoadTimeoutError } from "../errors.ts";

/** Environment variable for the limit; the option takes precedence. */
export const loadTimeoutVariable = "DAGSTER_SIGMA_LOAD_TIMEOUT";

/** Default time that a load may go without a sign of life, in ms: 10 minutes. */
export const defaultLoadTimeoutMs = 600_000;

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Maximum delay of a Node timer, in ms. */
const maxMs = 2 ** 31 - 1;

/** `90s`, `15m`, `2h` in ms; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (units[unit] ?? Number.NaN);
  return ms > 0 && ms <= maxMs ? ms : null;
}

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
