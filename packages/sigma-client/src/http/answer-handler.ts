import type { Dispatcher } from "undici";
import type { AnswerBudget } from "./answer-budget.ts";
import { AnswerShare } from "./answer-budget.ts";
import { AnswerTooLarge, type MaxBytes } from "./answer-limits.ts";
import type { AttemptDeadline } from "./attempt-deadline.ts";
import { BodyChunks } from "./body-chunks.ts";
import { SlowBodyWatch } from "./slow-body-watch.ts";

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/** Informational responses (1xx) in one attempt; servers send a few while they compute. */
const maxInformational = 100;

/** A response with its complete body. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Memory of the body; the reader releases it. */
  readonly share: AnswerShare;
}

export interface AnswerHandlerOptions {
  readonly end: AttemptDeadline;
  readonly budget: AnswerBudget;
  readonly maxBytes: MaxBytes;
  /** See `TimeLimits`. */
  readonly slowBodyAfterMs: number;
}

/**
 * Collects one response of undici within the limits of size and speed, without creating a stream and an abort signal
 * per call, which cost more than the rest of the call.
 */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly answer: Promise<WholeAnswer>;
  readonly #options: AnswerHandlerOptions;
  readonly #chunks = new BodyChunks();
  readonly #share: AnswerShare;
  readonly #watch: SlowBodyWatch;
  #resolve: (answer: WholeAnswer) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #ended: Error | null = null;
  #status = 0;
  #headers: Headers = {};
  #informational = 0;
  #bytes = 0;

  constructor(options: AnswerHandlerOptions) {
    this.#options = options;
    this.#share = new AnswerShare(options.budget);
    this.#watch = new SlowBodyWatch(options.slowBodyAfterMs, (error) => this.#abort(error));
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    options.end.listen((reason) => this.#abort(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended !== null) controller.abort(this.#ended);
  }

  /** undici also calls it for each informational response (1xx). */
  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
    if (status < 200) {
      if (++this.#informational > maxInformational)
        this.#abort(new Error(`more than ${maxInformational} informational responses`));
      return;
    }
    const maxBytes = this.#options.maxBytes(status);
    if (Number(headers["content-length"]) > maxBytes) this.#abort(AnswerTooLarge.bytes(maxBytes));
    else this.#watch.start();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ended !== null) return;
    this.#chunks.add(chunk);
    this.#bytes += chunk.length;
    this.#watch.add(chunk.length);
    const maxBytes = this.#options.maxBytes(this.#status);
    if (this.#bytes > maxBytes) {
      this.#abort(AnswerTooLarge.bytes(maxBytes));
      return;
    }
    const mayContinue = this.#share.add(chunk.length, () => {
      // Another response may be in undici's parser, which is not reentrant.
      queueMicrotask(() => {
        this.#watch.resume();
        controller.resume();
      });
    });
    if (mayContinue) return;
    this.#watch.pause();
    controller.pause();
  }

  onResponseEnd(): void {
    this.#watch.stop();
    const body = this.#chunks.take();
    this.#resolve({ status: this.#status, headers: this.#headers, body, share: this.#share });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#drop();
    this.#reject(error);
  }

  #abort(reason: unknown): void {
    this.#ended = reason instanceof Error ? reason : new Error("aborted", { cause: reason });
    this.#drop();
    this.#reject(this.#ended);
    this.#controller?.abort(this.#ended);
  }

  #drop(): void {
    this.#watch.stop();
    this.#chunks.clear();
    this.#share.release();
  }
}
