import { readFileSync } from "node:fs";

/** Which test files reach a mutant: in their own process, in a child process or in a worker thread. */
export class CoveringTests {
  #filesOf = new Map();
  #msOf;
  /** How often each file ran with a mutant, and how often it failed then. */
  #runs = new Map();

  /**
   * @param {string} record the file to which record-covered.mjs wrote
   * @param {ReadonlyMap<string, number>} msOf the duration of each test file
   */
  constructor(record, msOf) {
    this.#msOf = msOf;
    for (const line of new Set(readFileSync(record, "utf8").split("\n"))) {
      if (line === "") continue;
      const [file, mutant] = JSON.parse(line);
      this.#filesOf.set(mutant, [...(this.#filesOf.get(mutant) ?? []), file]);
    }
  }

  /**
   * The files that reach a mutant. The quickest, and those that often failed so far, come first.
   *
   * @param {string} mutant
   * @returns {readonly string[]}
   */
  of(mutant) {
    return [...(this.#filesOf.get(mutant) ?? [])].sort((a, b) => this.#cost(a) - this.#cost(b));
  }

  /**
   * Remembers which file failed with a mutant.
   *
   * @param {readonly string[]} files in the order in which they ran
   * @param {readonly string[]} failed
   */
  learn(files, failed) {
    const first = files.findIndex((file) => failed.includes(file));
    const ran = first === -1 ? files : files.slice(0, first + 1);
    for (const file of ran) {
      const { runs, failures } = this.#runs.get(file) ?? { runs: 0, failures: 0 };
      this.#runs.set(file, { runs: runs + 1, failures: failures + (failed.includes(file) ? 1 : 0) });
    }
  }

  /** The time that the file takes per failure that it is likely to have. */
  #cost(file) {
    const { runs, failures } = this.#runs.get(file) ?? { runs: 0, failures: 0 };
    return ((this.#msOf.get(file) ?? 0) * (runs + 2)) / (failures + 1);
  }
}
