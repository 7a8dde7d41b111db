import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Test files that run for less than this many milliseconds in all are tried before the other tests of a scope. */
const quickMs = 15_000;

/**
 * Runs the tests of a scope in a clone, until the first failure.
 *
 * @param {string} root
 * @param {readonly string[]} tests
 * @param {{ mutant?: string, covered?: string, limitMs: number }} options `covered`: the folder to write the covered mutants to
 * @returns {Promise<"passed" | "failed" | "timed out">}
 */
export function runTests(root, tests, { mutant, covered, limitMs }) {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const env = { ...process.env };
  if (mutant !== undefined) env.__STRYKER_ACTIVE_MUTANT__ = mutant;
  if (covered !== undefined) env.MUTATION_COVERED = covered;
  const config = join(root, "scripts", "mutation", "vitest.config.ts");
  const args = [
    "run",
    "--root",
    root,
    "--config",
    config,
    "--bail",
    "1",
    "--reporter",
    "dot",
    "--maxWorkers",
    "1",
  ];
  // A separate process group: a mutant may leave child processes that never end.
  const child = spawn(process.execPath, [vitest, ...args, ...tests], {
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

/**
 * The quickest test files that run a mutant in their own process: most mutants fail there, without a run of all tests.
 *
 * @param {string} covered the folder that {@link runTests} wrote the covered mutants to
 * @returns {(mutant: string) => readonly string[]}
 */
export function quickTests(covered) {
  const records = readdirSync(covered)
    .map((name) => JSON.parse(readFileSync(join(covered, name), "utf8")))
    .sort((a, b) => a.ms - b.ms);
  return (mutant) => {
    const tests = [];
    let ms = 0;
    for (const record of records.filter(({ mutants }) => mutants.includes(mutant))) {
      ms += record.ms;
      if (ms < quickMs) tests.push(record.file);
    }
    return tests;
  };
}

function killGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // All processes of the group have ended.
  }
}
