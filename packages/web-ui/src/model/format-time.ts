/** Formats a time as `2026-11-24 09:30`, in UTC; a value outside the calendar's range as a number. */
export function formatTime(seconds: number): string {
  const time = new Date(seconds * 1_000);
  return Number.isNaN(time.getTime()) ? String(seconds) : time.toISOString().slice(0, 16).replace("T", " ");
}
