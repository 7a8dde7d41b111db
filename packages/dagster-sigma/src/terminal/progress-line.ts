import { createLogger, type LogFormat, type Logger } from "@dagster-sigma/foundation";
import type { FetchProgress } from "@dagster-sigma/sigma-assets";
import type { Terminal } from "./terminal.ts";

/** Ten pictures a second are enough for the eye. */
const redrawMs = 100;
/** Earlier there is nothing to judge by how long it will take. */
const estimateAfterMs = 2_000;

/** Where nobody watches, a line now and then is enough. */
const logMs = 5_000;

/** Tells how far a load is: one line drawn over and over where somebody watches, else a log line every few seconds. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #logger: Logger;
  readonly #startedMs = performance.now();
  #isDrawn = false;
  #lastMs: number;
  #stage = "";
  #stageStartedMs = 0;

  constructor(terminal: Terminal, options: { readonly logFormat?: LogFormat } = {}) {
    this.#terminal = terminal;
    this.#logger = createLogger(options.logFormat ?? "text", (line) => terminal.err(line));
    // A short load needs no log line.
    this.#lastMs = terminal.isWatched ? 0 : this.#startedMs;
  }

  update(progress: FetchProgress): void {
    const { stage, done, total, requests, retries } = progress;
    const now = performance.now();
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#stageStartedMs = now;
    }
    const { isWatched } = this.#terminal;
    // The last of a stage is always shown.
    const isLate = now - this.#lastMs >= (isWatched ? redrawMs : logMs);
    if (!isLate && !(isWatched && done === total)) return;
    this.#lastMs = now;
    if (!isWatched) {
      this.#logger.info("fetching", { stage, done, total, requests, retries });
      return;
    }
    this.#isDrawn = true;
    const parts = formatProgress(progress, now - this.#startedMs, now - this.#stageStartedMs);
    this.#terminal.err(`\r\u001b[2K${parts.join(" · ")}`);
  }

  /** Takes the line away again. */
  clear(): void {
    if (this.#isDrawn) this.#terminal.err("\r\u001b[2K");
    this.#isDrawn = false;
  }
}

/** What, how many of how many, requests with their rate, those repeated, time left. */
export function formatProgress(
  { stage, done, total, requests, retries }: FetchProgress,
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
    ...(leftMs === null || leftMs < 1_000 ? [] : [`${formatSeconds(leftMs / 1_000)} left`]),
  ];
}

function formatSeconds(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
