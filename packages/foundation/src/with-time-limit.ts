import { onAbort } from "./on-abort.ts";

/** Maximum delay of a Node timer, about 25 days, in ms. */
const maxDelayMs = 2 ** 31 - 1;

/** Thrown when the time limit of {@link withTimeLimit} has passed. */
export class TimeLimitPassed extends Error {}

/**
 * Runs an operation whose signal is aborted after `timeoutMs` milliseconds, or when the caller's signal is aborted.
 * Removes its listener from the caller's signal, which may live much longer.
 *
 * @throws TimeLimitPassed; the reason of the caller's signal; whatever the operation throws before either
 */
export async function withTimeLimit<Result>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const onTimeout = (): void => controller.abort(new TimeLimitPassed());
  const timer = setTimeout(onTimeout, Math.min(timeoutMs, maxDelayMs));
  const stopListening = signal && onAbort(signal, () => controller.abort(signal.reason));
  try {
    return await work(controller.signal);
  } catch (thrown) {
    throw controller.signal.aborted ? controller.signal.reason : thrown;
  } finally {
    clearTimeout(timer);
    stopListening?.();
  }
}
