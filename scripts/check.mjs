// `npm run check`: every static check, each with its time; all run even when one fails.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);
const script = (name) => [process.execPath, join(root, "scripts", name)];

const checks = [
  ["format and lint", bin("biome"), "ci", "--error-on-warnings", "."],
  ["types of the packages", bin("tsc"), "-b"],
  ["types of tests and examples", bin("tsc"), "-p", "tsconfig.tests.json"],
  ["types of the page", bin("tsc"), "-p", "packages/web-ui/tsconfig.page.json"],
  ["import boundaries", ...script("check-boundaries.mjs")],
  ["file sizes", ...script("check-file-sizes.mjs")],
  ["unused code", bin("knip"), "--no-progress"],
  ["docs agree with code", ...script("check-docs.mjs")],
  ["packages are publishable", ...script("check-packages.mjs")],
];

let failed = 0;
for (const [name, command, ...args] of checks) {
  const startedMs = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed++;
  console.log(`${stdout}${stderr}`);
}
console.log(failed === 0 ? "All checks passed." : `${failed} of ${checks.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
