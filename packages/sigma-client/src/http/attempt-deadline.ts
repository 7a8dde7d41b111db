import { onAbort } from "@dagster-sigma/foundation";

/** Ends an attempt when its time limit expires or its caller aborts. */
export class AttemptDeadline {
  readonly #stopListening: (() => void) | undefined;
  readonly #timer: NodeJS.Timeout;
  #isTimedOut = false;
  #reason: { readonly value: unknown } | null = null;
  #onEnd: (reason: unknown) => void = () => undefined;
  #giveUpWaiting: (reason: unknown) => void = () => undefined;
  #controller: AbortController | null = null;

  constructor(timeoutMs: number, callersSignal: AbortSignal | undefined) {
    this.#stopListening = callersSignal && onAbort(callersSignal, () => this.#end(callersSignal.reason));
    this.#timer = setTimeout(() => {
      this.#isTimedOut = true;
      this.#end(new DOMException("The call took too long.", "TimeoutError"));
    }, timeoutMs);
  }

  get isTimedOut(): boolean {
    return this.#isTimedOut;
  }

  /** An `AbortSignal` that aborts at the end of the attempt, for `fetch`-compatible functions. Created on first use, because few calls need it. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#reason !== null) this.#controller.abort(this.#reason.value);
    }
    return this.#controller.signal;
  }

  /** Registers the only listener. Calls it immediately if the attempt has already ended. */
  listen(onEnd: (reason: unknown) => void): void {
    this.#onEnd = onEnd;
    if (this.#reason !== null) onEnd(this.#reason.value);
  }

  /** Waits for a part of the attempt, which may ignore the signal. @throws the reason for which the attempt ended */
  unlessEnded<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#giveUpWaiting = reject;
      work.then(resolve, reject);
      if (this.#reason !== null) reject(this.#reason.value);
    });
  }

  /** Stops the timer and removes all listeners, and does not refer to what was waited for any longer. */
  close(): void {
    clearTimeout(this.#timer);
    this.#stopListening?.();
    this.#onEnd = () => undefined;
    this.#giveUpWaiting = () => undefined;
  }

  #end(reason: unknown): void {
    this.#reason = { value: reason };
    this.#controller?.abort(reason);
    this.#onEnd(reason);
    this.#giveUpWaiting(reason);
  }
}
