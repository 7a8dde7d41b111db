// `npm run check`: runs every static check and prints its duration; all run even if one fails, a few at a time. The
// packaging checks take longest and seldom change: they run in CI, and separately with `npm run check:packages`
// (--packages).
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);
const script = (name) => [process.execPath, join(root, "scripts", name)];

const packaging = [["packages are publishable", ...script("check-packages.mjs")]];

/** Slowest first, so that short checks fill the gaps. */
const code = [
  ["format and lint", bin("biome"), "ci", "--error-on-warnings", "."],
  ["types of tests and examples", bin("tsc"), "-p", "tsconfig.tests.json"],
  ["unused code", bin("knip"), "--no-progress"],
  ["docs agree with code", ...script("check-docs.mjs")],
  ["public API as in docs/api", ...script("api.mjs"), "--check"],
  ["import boundaries", ...script("check-boundaries.mjs")],
  ["plain English", ...script("check-wording.mjs")],
  ["imports of scripts and benchmarks", ...script("check-script-imports.mjs")],
  ["types of the page", bin("tsc"), "-p", "packages/web-ui/tsconfig.page.json"],
  ["types of the packages", bin("tsc"), "-b"],
  ["file sizes", ...script("check-file-sizes.mjs")],
];

const isCi = !["", "false", "0", undefined].includes(process.env.CI);
const checks = process.argv.includes("--packages") ? packaging : isCi ? [...packaging, ...code] : code;

const startedMs = performance.now();
const waiting = [...checks];
let failed = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
const total = `${secondsSince(startedMs)} s`;
console.log(
  failed === 0 ? `All checks passed (${total}).` : `${failed} of ${checks.length} checks failed (${total}).`,
);
process.exitCode = failed === 0 ? 0 : 1;

async function work() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const [name, command, ...args] = check;
    const checkStartedMs = performance.now();
    const { status, output } = await run(command, args);
    console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${secondsSince(checkStartedMs)} s)`);
    if (status === 0) continue;
    failed++;
    console.log(output);
  }
}

/** A command that cannot be started counts as failed. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.once("error", (error) => resolve({ status: null, output: error.message }));
    child.once("close", (status) => resolve({ status, output }));
  });
}

function secondsSince(ms) {
  return ((performance.now() - ms) / 1000).toFixed(1);
}
