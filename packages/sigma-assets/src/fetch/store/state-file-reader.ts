import type { OrganizationState, StateHeader } from "../../state/organization-state.ts";
import { StateFormatError, StateReader } from "../../state/state-lines.ts";
import { LineChecksums } from "./line-checksums.ts";

/** The first format whose lines have checksums. */
const checksumFormat = 3;

/** Parses the bytes of a state line by line, and verifies the checksums. */
export class StateFileReader {
  readonly #reader = new StateReader();
  readonly #checksums = new LineChecksums();

  /** Null before the first line. */
  get header(): StateHeader | null {
    return this.#reader.header;
  }

  /**
   * @param line without its newline
   * @throws StateFormatError if the line is damaged, or not a valid next line
   */
  push(line: Buffer): void {
    const isRight = this.#checksums.verify(line);
    const number = this.#reader.lineNumber + 1;
    if (isRight === false) throw new StateFormatError("broken", `the checksum of line ${number} is wrong`);
    this.#reader.push(line.toString("utf8"));
    if (isRight === null && this.#reader.writtenFormat >= checksumFormat)
      throw new StateFormatError("broken", `line ${number} has no checksum`);
  }

  /** @throws StateFormatError if lines are missing */
  finish(): OrganizationState {
    return this.#reader.finish();
  }
}
