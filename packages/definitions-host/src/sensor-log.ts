import type { LogFields, Logger } from "@dagster-sigma/foundation";
import { logText } from "./run/pipes-message.ts";
import type { SensorLogLine } from "./sensor-request.ts";

/** Maximum number of lines of one evaluation, and of characters of a line. */
const maxLines = 1_000;
const maxLength = 10_000;

/** Collects what a sensor logs in one evaluation; lines above the limit are counted in the last one. */
export class SensorLog implements Logger {
  readonly #lines: SensorLogLine[] = [];
  #leftOut = 0;

  get lines(): readonly SensorLogLine[] {
    if (this.#leftOut === 0) return this.#lines;
    return [...this.#lines, { level: "WARNING", message: `${this.#leftOut} more lines were left out.` }];
  }

  debug(message: string, fields?: LogFields): void {
    this.#add("DEBUG", message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#add("INFO", message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#add("WARNING", message, fields);
  }

  #add(level: SensorLogLine["level"], message: string, fields?: LogFields): void {
    if (this.#lines.length >= maxLines) this.#leftOut++;
    else this.#lines.push({ level, message: logText(message, fields).slice(0, maxLength) });
  }
}
