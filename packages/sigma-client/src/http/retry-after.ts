/**
 * The wait that a `Retry-After` header asks for, in milliseconds; null when there is none or it makes no sense.
 * A date is measured against the answer's own `Date`, so that a wrong local clock does no harm.
 */
export function parseRetryAfter(
  retryAfter: string | null,
  date: string | null,
  nowMs: number,
): number | null {
  if (retryAfter === null) return null;
  const text = retryAfter.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  // JavaScript reads almost anything as a date; one in HTTP begins with the name of a day.
  const at = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const reference = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, at - (Number.isNaN(reference) ? nowMs : reference));
}
