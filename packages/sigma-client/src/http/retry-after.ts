/**
 * Parses a `Retry-After` header into milliseconds; null if it is missing or invalid. A date is compared with the
 * response's own `Date`, so that a wrong local clock has no effect.
 */
export function parseRetryAfter(
  retryAfter: string | null,
  date: string | null,
  nowMs: number,
): number | null {
  if (retryAfter === null) return null;
  const text = retryAfter.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  // JavaScript parses almost any text as a date; an HTTP date begins with the name of a day.
  const at = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const reference = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, at - (Number.isNaN(reference) ? nowMs : reference));
}
