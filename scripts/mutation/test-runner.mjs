import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/**
 * @typedef {object} Result
 * @property {"passed" | "failed" | "timed out"} outcome
 * @property {readonly string[]} failed the files that failed
 * @property {readonly number[]} ms the duration of each file, where all have run
 */

/** Runs test files of a clone, mutant after mutant, in one process that keeps the compiled files. */
export class TestRunner {
  #root;
  #isolate;
  #env;
  #child;
  #files;

  /**
   * @param {string} root
   * @param {{ isolate: boolean, covered?: string }} options `isolate`: a process for each test file; otherwise one for all files
   *   of a run. `covered`: the file to which the covered mutants are written
   */
  constructor(root, { isolate, covered }) {
    this.#root = root;
    this.#isolate = isolate;
    this.#env = covered === undefined ? process.env : { ...process.env, MUTATION_COVERED: covered };
  }

  /** All test files of the clone. */
  async files() {
    await this.#start();
    return this.#files;
  }

  /**
   * Runs test files in the given order; with a mutant, until the first failure.
   *
   * @param {readonly string[]} files
   * @param {{ mutant?: string, limitMs: number }} options `limitMs`: the time limit of each file
   * @returns {Promise<Result>}
   */
  async run(files, { mutant, limitMs }) {
    await this.#start();
    const child = this.#child;
    return new Promise((resolve) => {
      const settle = (result) => {
        clearTimeout(timer);
        child.off("message", onMessage).off("exit", onExit);
        resolve(result);
      };
      const onMessage = (result) => {
        if (result === "file ended") {
          timer.refresh();
          return;
        }
        this.#endRemaining();
        settle(result);
      };
      const onExit = () => {
        this.stop();
        settle({ outcome: "failed", failed: [], ms: [] });
      };
      const timer = setTimeout(() => {
        settle({ outcome: "timed out", failed: [], ms: [] });
        this.stop();
      }, limitMs);
      child.on("message", onMessage).on("exit", onExit);
      child.send({ files, mutant });
    });
  }

  /** Ends the process and all that it started. The next run starts another. */
  stop() {
    if (this.#child !== undefined) kill(-this.#child.pid);
    this.#child = undefined;
  }

  async #start() {
    if (this.#child !== undefined) return;
    // A process group of its own: a mutant may leave processes that never end.
    this.#child = fork(
      join(this.#root, "scripts", "mutation", "runner-process.mjs"),
      [JSON.stringify({ root: this.#root, isolate: this.#isolate })],
      { cwd: this.#root, env: this.#env, detached: true, stdio: "ignore" },
    );
    const exited = once(this.#child, "exit").then(() => {
      throw new Error("The process that runs the tests ended before it was ready.");
    });
    exited.catch(() => {});
    [this.#files] = await Promise.race([once(this.#child, "message"), exited]);
  }

  /** Ends the processes that a test left behind: their parent has ended. */
  #endRemaining() {
    const { pid } = this.#child;
    const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
    const group = stdout
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter(([, , group]) => group === pid);
    const members = new Set(group.map(([member]) => member));
    for (const [member, parent] of group) if (member !== pid && !members.has(parent)) kill(member);
  }
}

function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
