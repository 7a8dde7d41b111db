import type { FetchProgress } from "@dagster-sigma/sigma-assets";
import type { Terminal } from "./terminal.ts";

/** One line that tells how far a load is, drawn over and over; nothing at all where nobody watches. */
export class ProgressLine {
  readonly #terminal: Terminal;
  #isDrawn = false;
  #lastMs = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  update({ stage, done, total, requests }: FetchProgress): void {
    const now = performance.now();
    // Ten pictures a second are enough for the eye; the last of a stage is always shown.
    if (!this.#terminal.isWatched || (done < total && now - this.#lastMs < 100)) return;
    this.#lastMs = now;
    this.#isDrawn = true;
    this.#terminal.err(`\r\u001b[2K${stage} ${done} of ${total} · ${requests} requests`);
  }

  /** Takes the line away again. */
  clear(): void {
    if (this.#isDrawn) this.#terminal.err("\r\u001b[2K");
    this.#isDrawn = false;
  }
}
