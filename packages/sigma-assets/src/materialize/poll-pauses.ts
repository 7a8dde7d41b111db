/** Pauses between two requests for a status. */
export interface PollPauses {
  /** First pause, in ms (default: 2,000). It grows by half with each request. */
  readonly firstPollMs: number;
  /** Maximum pause, in ms (default: 60,000). */
  readonly maxPollMs: number;
}

export const defaultPollPauses: PollPauses = { firstPollMs: 2_000, maxPollMs: 60_000 };

/** Largest difference from the pause, as a share of it, so that many sheets are not asked for at the same time. */
const jitter = 0.2;

/** With more growth, a materialization that ended holds its place longer; with less, there are more requests. */
const growth = 1.5;

/** @param requests status requests so far */
export function pollPauseMs(
  requests: number,
  { firstPollMs, maxPollMs }: PollPauses,
  random: number,
): number {
  const pauseMs = Math.min(maxPollMs, firstPollMs * growth ** Math.min(requests, 60));
  return pauseMs * (1 - jitter + 2 * jitter * random);
}
