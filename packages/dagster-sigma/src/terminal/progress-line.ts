import type { FetchProgress } from "@dagster-sigma/sigma-assets";
import type { Terminal } from "./terminal.ts";

/** Ten pictures a second are enough for the eye. */
const redrawMs = 100;
/** Earlier there is nothing to judge by how long it will take. */
const estimateAfterMs = 2_000;

/** One line that tells how far a load is, drawn over and over; nothing at all where nobody watches. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #startedMs = performance.now();
  #isDrawn = false;
  #lastMs = 0;
  #stage = "";
  #stageStartedMs = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  update(progress: FetchProgress): void {
    const { stage, done, total } = progress;
    const now = performance.now();
    if (stage !== this.#stage) {
      this.#stage = stage;
      this.#stageStartedMs = now;
    }
    // The last of a stage is always shown.
    if (!this.#terminal.isWatched || (done < total && now - this.#lastMs < redrawMs)) return;
    this.#lastMs = now;
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
