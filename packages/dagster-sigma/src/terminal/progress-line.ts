import { createLogger, type LogFormat, type Logger } from "@dagster-sigma/foundation";
import type { FetchProgress } from "@dagster-sigma/sigma-assets";
import type { Terminal } from "./terminal.ts";

/** Minimum interval between redraws, in ms. */
const redrawMs = 100;
/** Before this time, in ms, the remaining time cannot be estimated. */
const estimateAfterMs = 2_000;

/** Interval of log lines when stderr is not a terminal, in ms. */
const logMs = 5_000;

/** Shows the progress of a load: a redrawn line on a terminal, otherwise a log line every few seconds. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #logger: Logger;
  readonly #startedMs = performance.now();
  #isDrawn = false;
  #lastMs: number;
  #stage = "";
  #stageStartedMs = 0;
  #waitsUntilMs = 0;

  constructor(terminal: Terminal, options: { readonly logFormat?: LogFormat } = {}) {
    this.#terminal = terminal;
    this.#logger = createLogger(options.logFormat ?? "text", (line) => terminal.err(line));
    // A short load prints no log line.
    this.#lastMs = terminal.isWatched ? 0 : this.#startedMs;
  }

  update(progress: FetchProgress): void {
    const { stage, done, total, requests, retries, waitMs } = progress;
    const now = performance.now();
    if (waitMs !== undefined) {
      this.#showWait(progress, waitMs, now);
      return;
    }
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#stageStartedMs = now;
    }
    const { isWatched } = this.#terminal;
    // The last update of a stage is always shown.
    const isLate = now - this.#lastMs >= (isWatched ? redrawMs : logMs);
    if (!isLate && !(isWatched && done === total)) return;
    this.#lastMs = now;
    if (!isWatched) {
      this.#logger.info("fetching", { stage, done, total, requests, retries });
      return;
    }
    this.#draw(progress, now);
  }

  /** Calls that wait at the same time report the same wait. */
  #showWait(progress: FetchProgress, waitMs: number, now: number): void {
    if (this.#terminal.isWatched) this.#draw(progress, now);
    else if (now >= this.#waitsUntilMs)
      this.#logger.info("Sigma asks for a wait", { seconds: Math.ceil(waitMs / 1_000) });
    this.#waitsUntilMs = Math.max(this.#waitsUntilMs, now + waitMs);
  }

  #draw(progress: FetchProgress, now: number): void {
    this.#isDrawn = true;
    const parts = formatProgress(progress, now - this.#startedMs, now - this.#stageStartedMs);
    this.#terminal.err(`\r\u001b[2K${parts.join(" · ")}`);
  }

  /** Removes the line. */
  clear(): void {
    if (this.#isDrawn) this.#terminal.err("\r\u001b[2K");
    this.#isDrawn = false;
  }
}

/** Stage, count and total, requests with their rate, retries, a wait that Sigma asks for or the estimated time left. */
export function formatProgress(
  { stage, done, total, requests, retries, waitMs }: FetchProgress,
  elapsedMs: number,
  stageElapsedMs: number,
): readonly string[] {
  const perSecond = elapsedMs < 500 ? null : Math.round(requests / (elapsedMs / 1_000));
  const leftMs =
    done === 0 || stageElapsedMs < estimateAfterMs ? null : (stageElapsedMs / done) * (total - done);
  return [
    `${stage} ${done} of ${total}`,
    `${requests} requests${perSecond === null ? "" : `, ${perSecond}/s`}`,
    ...(retries === 0 ? [] : [`${retries} repeated`]),
    ...(waitMs === undefined ? [] : [`Sigma asks for a wait of ${formatSeconds(waitMs / 1_000)}`]),
    ...(waitMs !== undefined || leftMs === null || leftMs < 1_000
      ? []
      : [`${formatSeconds(leftMs / 1_000)} left`]),
  ];
}

function formatSeconds(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
