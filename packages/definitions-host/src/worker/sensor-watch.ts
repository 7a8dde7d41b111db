import type { SensorOutcome } from "../definitions-source.ts";
import { DefinitionsHostError } from "../errors.ts";
import { describeFailure } from "../failure/describe-failure.ts";
import type { Failure } from "../failure/failure.ts";
import type { SensorRequest } from "../sensor-request.ts";
import type { ThreadRequest } from "./thread-messages.ts";

/**
 * A thread that does not answer a ping within this time, in ms, is stuck in a loop. Never longer than the sensor's
 * time limit.
 */
const pongWithinMs = 3_000;
/**
 * Grace period after the time limit for a sensor that does not block the thread, in ms. Dagster waits 60 s, 10 s
 * above the limit.
 */
const graceMs = 8_000;

interface Evaluation {
  readonly name: string;
  readonly resolve: (outcome: SensorOutcome) => void;
  readonly timers: Set<NodeJS.Timeout>;
}

export interface SensorWatchOptions {
  /** Time limit of a sensor, in ms; its signal is aborted afterwards. */
  readonly timeoutMs: number;
  readonly send: (request: ThreadRequest) => void;
  /** Ends the thread, because a sensor has blocked it for too long. */
  readonly onUnresponsive: () => void;
}

/** The evaluations that run in a thread, with their time limits. */
export class SensorWatch {
  readonly #options: SensorWatchOptions;
  readonly #running = new Map<number, Evaluation>();
  readonly #onIdle: (() => void)[] = [];
  #pongTimer: NodeJS.Timeout | undefined;
  #unresponsive: string | null = null;
  #lastId = 0;

  constructor(options: SensorWatchOptions) {
    this.#options = options;
  }

  evaluate(request: SensorRequest): Promise<SensorOutcome> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      const { timeoutMs } = this.#options;
      const timers = new Set([
        setTimeout(() => this.#expectPong(request.name), timeoutMs),
        setTimeout(
          () => this.answer(id, tooSlow(request.name, timeoutMs)),
          timeoutMs + Math.min(graceMs, 2 * timeoutMs),
        ),
      ]);
      this.#running.set(id, { name: request.name, resolve, timers });
      this.#options.send({ type: "evaluate", id, request });
    });
  }

  answer(id: number, outcome: SensorOutcome): void {
    const evaluation = this.#running.get(id);
    if (evaluation === undefined) return;
    for (const timer of evaluation.timers) clearTimeout(timer);
    this.#running.delete(id);
    evaluation.resolve(outcome);
    if (this.#running.size > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  pong(): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
  }

  /** Called when the thread has ended: fails all running evaluations. */
  fail(interrupted: Failure): void {
    this.pong();
    const { timeoutMs } = this.#options;
    for (const [id, { name }] of [...this.#running])
      this.answer(
        id,
        name === this.#unresponsive
          ? unresponsive(name, timeoutMs)
          : { type: "failure", failure: interrupted },
      );
  }

  /** Resolves when no evaluation is running; each ends by its time limit. */
  idle(): Promise<void> {
    return this.#running.size === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#onIdle.push(resolve));
  }

  #expectPong(name: string): void {
    if (this.#pongTimer !== undefined) return;
    this.#pongTimer = setTimeout(
      () => {
        this.#unresponsive = name;
        this.#options.onUnresponsive();
      },
      Math.min(pongWithinMs, this.#options.timeoutMs),
    );
    this.#options.send({ type: "ping" });
  }
}

function tooSlow(name: string, timeoutMs: number): SensorOutcome {
  return timedOut(`The sensor "${name}" did not end within ${timeoutMs / 1_000} s.`);
}

function unresponsive(name: string, timeoutMs: number): SensorOutcome {
  return timedOut(
    `The sensor "${name}" did not end within ${timeoutMs / 1_000} s, and its thread stopped responding. The thread is restarted.`,
  );
}

function timedOut(message: string): SensorOutcome {
  const hint =
    "Do part of the work, return a cursor, and continue at the next tick; stop when `signal` is aborted.";
  const error = new DefinitionsHostError({ code: "SENSOR_TIMED_OUT", message, hint });
  return { type: "failure", failure: describeFailure(error) };
}
