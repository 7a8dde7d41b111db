import { LoadTimeoutError } from "../errors.ts";

/** The variable that sets the limit where no option does. */
export const loadTimeoutVariable = "DAGSTER_SIGMA_LOAD_TIMEOUT";

/** How long a load may go without a sign of life when nothing else is asked for: 10 minutes. */
export const defaultLoadTimeoutMs = 600_000;

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Longer times do not fit into a timer. */
const maxMs = 2 ** 31 - 1;

/** `90s`, `15m`, `2h` in ms; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (units[unit] ?? Number.NaN);
  return ms > 0 && ms <= maxMs ? ms : null;
}

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
