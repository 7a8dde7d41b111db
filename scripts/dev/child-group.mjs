import { spawn } from "node:child_process";
import { once } from "node:events";

/** Grace period before a child that was asked to exit is killed, in ms. */
const endLimitMs = 5_000;

/**
 * A child in its own process group, so that its children exit with it: `tsc` is a wrapper that would leave its
 * compiler running.
 */
export class ChildGroup {
  #child;
  #hasEnded = false;

  /**
   * @param {string[]} command
   * @param {import("node:child_process").SpawnOptions} options
   */
  constructor([file, ...args], options) {
    this.#child = spawn(file, args, { stdio: ["ignore", "inherit", "inherit"], ...options, detached: true });
    this.ended = once(this.#child, "close").then(
      ([code]) => code,
      (error) => error.message,
    );
    void this.ended.then(() => {
      this.#hasEnded = true;
    });
  }

  get hasEnded() {
    return this.#hasEnded;
  }

  get stdout() {
    return this.#child.stdout;
  }

  async stop() {
    this.#signal("SIGTERM");
    const timer = setTimeout(() => this.#signal("SIGKILL"), endLimitMs);
    await this.ended;
    clearTimeout(timer);
  }

  #signal(name) {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, name);
    } catch {
      // It has already exited.
    }
  }
}
