/** Longest delay of a timer in Node, about 25 days. */
const maxDelayMs = 2 ** 31 - 1;

/** The time limit of {@link withTimeLimit} passed. */
export class TimeLimitPassed extends Error {}

/**
 * Runs work whose signal is aborted after `timeoutMs` milliseconds, or when the caller's signal is aborted. It removes
 * its listener from that signal, which may live much longer than the work.
 *
 * @throws TimeLimitPassed; the reason of the caller's signal; whatever the work throws before either
 */
export async function withTimeLimit<Result>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(signal?.reason);
  const onTimeout = (): void => controller.abort(new TimeLimitPassed());
  const timer = setTimeout(onTimeout, Math.min(timeoutMs, maxDelayMs));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await work(controller.signal);
  } catch (thrown) {
    throw controller.signal.aborted ? controller.signal.reason : thrown;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}
