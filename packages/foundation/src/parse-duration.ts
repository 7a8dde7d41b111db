const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Maximum delay of a Node timer, in ms. */
const maxMs = 2 ** 31 - 1;

/** Parses a duration such as `90s`, `15m` or `2h`. Returns ms, or null if the text is invalid or too long for a timer. */
export function parseDuration(text: string): number | null {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (units[unit] ?? Number.NaN);
  return ms > 0 && ms <= maxMs ? ms : null;
}
