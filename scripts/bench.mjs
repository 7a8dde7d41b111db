// `npm run bench -- <name>` runs a benchmark; without a name it lists all benchmarks with the question that each
// answers.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root, sourceFiles } from "./source-files.mjs";

const [name, ...args] = process.argv.slice(2);
const benchmarks = findBenchmarks();
const benchmark = benchmarks.find((known) => known.name === name);

if (benchmark !== undefined) {
  const { status } = spawnSync(process.execPath, [join(root, benchmark.file), ...args], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} else {
  if (name !== undefined) console.error(`There is no benchmark ${name}.`);
  for (const known of benchmarks) console.log(`npm run bench -- ${known.name.padEnd(14)} ${known.question}`);
  process.exitCode = name === undefined ? 0 : 2;
}

/** Benchmarks of the workspace and of single packages. A file whose first line is not a question is a helper. */
function findBenchmarks() {
  return sourceFiles(".mjs")
    .filter((file) => /^(packages\/[\w-]+\/)?benchmarks\/[\w-]+\.mjs$/.test(file))
    .map((file) => ({ name: basename(file, ".mjs"), file, question: questionOf(file) }))
    .filter(({ question }) => question !== null);
}

function questionOf(file) {
  const [comment] = /^(\/\/.*\n)+/.exec(readFileSync(join(root, file), "utf8")) ?? [""];
  return /^[^?]*\?/.exec(comment.replace(/^\/\/ ?/gm, "").replaceAll("\n", " "))?.[0] ?? null;
}
