import { type Clock, systemClock } from "@dagster-sigma/foundation";

/** Sigma takes minutes, the test milliseconds: the time of both sides and of the sandbox is shortened by this factor. */
export const timeScale = 0.001;

/** A clock on which a thousand seconds take one. */
export const shortClock: Clock = {
  now: () => (performance.timeOrigin + performance.now() - startedMs) / timeScale + startedMs,
  sleep: (ms, signal) => systemClock.sleep(ms * timeScale, signal),
};

const startedMs = Date.now();

/** Time after which a wait counts as one without end, in ms of that clock. */
export const longestWaitMs = 300_000;
