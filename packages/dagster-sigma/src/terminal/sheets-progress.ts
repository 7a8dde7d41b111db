import { createLogger, type LogFormat, type Logger, printable } from "@dagster-sigma/foundation";
import { type MaterializeProgress, type SheetResult, sheetName } from "@dagster-sigma/sigma-assets";
import type { Terminal } from "./terminal.ts";
import { padText } from "./text-width.ts";

/** Interval between redraws, in ms. */
const redrawMs = 200;

/** Maximum number of sheets that are drawn; the last line counts all. */
const maxRows = 12;

const statusWidth = 12;
const secondsWidth = 8;

interface Running {
  readonly name: string;
  readonly startedMs: number;
  status: string;
}

/** Shows the progress of materializations: a redrawn table on a terminal, otherwise a log line for each step. */
export class SheetsProgress {
  readonly #terminal: Terminal;
  readonly #logger: Logger;
  readonly #total: number;
  readonly #running = new Map<string, Running>();
  readonly #outcomes = new Map<SheetResult["outcome"], number>();
  readonly #timer: NodeJS.Timeout | null;
  #drawnLines = 0;

  /** @param total number of sheets */
  constructor(terminal: Terminal, total: number, options: { readonly logFormat?: LogFormat } = {}) {
    this.#terminal = terminal;
    this.#total = total;
    this.#logger = createLogger(options.logFormat ?? "text", (line) => terminal.err(line));
    this.#timer = terminal.isWatched ? setInterval(() => this.#draw(), redrawMs) : null;
  }

  update(progress: MaterializeProgress): void {
    const { target, sheet, step, status, materializationId, result } = progress;
    const document = target.name ?? target.id;
    const id = `${target.id}\n${sheet.sheetId}\n${sheetName(sheet)}`;
    if (result !== null) {
      this.#running.delete(id);
      this.#outcomes.set(result.outcome, (this.#outcomes.get(result.outcome) ?? 0) + 1);
    } else {
      const known = this.#running.get(id);
      const name = `${document} · ${sheetName(sheet)}`;
      if (known === undefined)
        this.#running.set(id, { name, startedMs: performance.now(), status: "started" });
      else known.status = status ?? known.status;
    }
    if (this.#terminal.isWatched) return;
    this.#logger.info(result === null ? (status ?? step) : result.outcome, {
      document,
      element: sheetName(sheet),
      ...(materializationId === null ? {} : { materializationId }),
      ...(result === null ? {} : { seconds: result.seconds }),
      ...(result?.problem == null ? {} : { problem: result.problem.message }),
    });
  }

  /** Removes the table, and stops drawing. */
  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#clear();
  }

  #draw(): void {
    this.#clear();
    const running = [...this.#running.values()];
    const nameWidth = Math.max(16, this.#terminal.width - statusWidth - secondsWidth - 3);
    const rows = running.slice(0, maxRows).map(({ name, status, startedMs }) => {
      const seconds = `${Math.round((performance.now() - startedMs) / 1_000)} s`.padStart(secondsWidth);
      return `${padText(printable(name), nameWidth)} ${padText(printable(status), statusWidth)} ${seconds}`;
    });
    const ended = [...this.#outcomes].map(([outcome, count]) => `${count} ${outcome}`);
    const waiting =
      this.#total - running.length - [...this.#outcomes.values()].reduce((sum, count) => sum + count, 0);
    rows.push([...ended, `${running.length} in progress`, `${waiting} waiting`].join(" · "));
    this.#terminal.err(rows.map((row) => `${row}\n`).join(""));
    this.#drawnLines = rows.length;
  }

  #clear(): void {
    if (this.#drawnLines > 0) this.#terminal.eraseLines(this.#drawnLines);
    this.#drawnLines = 0;
  }
}
