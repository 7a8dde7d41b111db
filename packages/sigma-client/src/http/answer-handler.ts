import type { Dispatcher } from "undici";
import type { AttemptDeadline } from "./attempt-deadline.ts";

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/** A response with its complete body. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Collects one response of undici without creating a stream and an abort signal per call, which cost more than the rest
 * of the call.
 */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly answer: Promise<WholeAnswer>;
  readonly #chunks: Buffer[] = [];
  #resolve: (answer: WholeAnswer) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #ended: Error | null = null;
  #status = 0;
  #headers: Headers = {};

  constructor(end: AttemptDeadline) {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    end.listen((reason) => this.#abort(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended !== null) controller.abort(this.#ended);
  }

  /** undici also calls it for each informational response (1xx). */
  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only = Buffer.alloc(0), ...others] = this.#chunks;
    const body = others.length === 0 ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }

  #abort(reason: unknown): void {
    this.#ended = reason instanceof Error ? reason : new Error("aborted", { cause: reason });
    this.#reject(this.#ended);
    this.#controller?.abort(this.#ended);
  }
}
