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
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const reference = date === null ? Number.NaN : Date.parse(date);
  return Math.max(0, at - (Number.isNaN(reference) ? nowMs : reference));
}
