import { readFileSync } from "node:fs";
import { type LineageAnswers, lineageAnswers } from "../derive/lineage/lineage-answers.ts";
import { StateError } from "../errors.ts";
import { StateFileReader } from "../fetch/store/state-file-reader.ts";

const newline = 10;

/**
 * The lineage rows in a state file. The first call of `of` reads the file synchronously, because translators are
 * synchronous. If a refresh replaced the file in the meantime, the rows are those of the new state.
 */
export class StoredLineage implements LineageAnswers {
  readonly #stateFile: string;
  #answers: LineageAnswers | null = null;

  constructor(stateFile: string) {
    this.#stateFile = stateFile;
  }

  /** @throws StateError `STATE_UNREADABLE` if the file is missing, unreadable or damaged */
  of(id: string): readonly unknown[] {
    this.#answers ??= this.#read();
    return this.#answers.of(id);
  }

  #read(): LineageAnswers {
    try {
      const reader = new StateFileReader();
      for (const line of linesOf(readFileSync(this.#stateFile))) reader.push(line);
      return lineageAnswers(reader.finish());
    } catch (cause) {
      throw StateError.unreadable(this.#stateFile, cause);
    }
  }
}

/** Line by line, because the text of a large file may exceed the maximum length of a string. */
function* linesOf(bytes: Buffer): Generator<Buffer, void, void> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}
