import { spawn } from "node:child_process";
import { join } from "node:path";

/**
 * Runs the tests of a scope in a clone, until the first failure.
 *
 * @param {string} root
 * @param {readonly string[]} tests
 * @param {{ mutant?: string, limitMs: number }} options
 * @returns {Promise<"passed" | "failed" | "timed out">}
 */
export function runTests(root, tests, { mutant, limitMs }) {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const env = { ...process.env };
  if (mutant !== undefined) env.__STRYKER_ACTIVE_MUTANT__ = mutant;
  const args = [vitest, "run", "--root", root, "--bail", "1", "--reporter", "dot", "--maxWorkers", "1"];
  // A separate process group: a mutant may leave child processes that never end.
  const child = spawn(process.execPath, [...args, ...tests], {
    cwd: root,
    env,
    detached: true,
    stdio: "ignore",
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve("timed out");
      killGroup(child.pid);
    }, limitMs);
    child.on("close", (status) => {
      clearTimeout(timer);
      killGroup(child.pid);
      resolve(status === 0 ? "passed" : "failed");
    });
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All processes of the group have ended.
  }
}
