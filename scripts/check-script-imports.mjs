// Every module and name that a benchmark or script imports exists. When a name moves, nothing else runs all benchmarks: without this check
// a benchmark fails only when its figures are needed. Other type problems of these untyped files are not reported.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./source-files.mjs";

/** Codes of TypeScript for a module that is not found, and for a name that a module does not export. */
const importProblem = /error TS(2305|2307|2614|2724):/;

const { stdout } = spawnSync(join(root, "node_modules", ".bin", "tsc"), ["-p", "tsconfig.scripts.json"], {
  cwd: root,
  encoding: "utf8",
});
const problems = stdout.split("\n").filter((line) => importProblem.test(line));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
