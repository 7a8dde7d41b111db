// `npm run test:mutation -- <scope> [--count N] [--salt TEXT] [--parallel N]` checks that the tests of a scope can fail. It changes
// the code in one place at a time, in a clone of the last commit, and reports the changes ("mutants") that no test detects
// ("survivors"). Known survivors, each with the reason why it is harmless, are listed in scripts/mutation/survivors.json; a new one
// is an error.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mutateFiles, sampleMutants } from "./mutation/mutate-files.mjs";
import { quickTests, runTests } from "./mutation/run-tests.mjs";
import { scopes } from "./mutation/scopes.mjs";
import { root, sourceFiles } from "./source-files.mjs";

const instrumenter = "@stryker-mutator/instrumenter@9.6.1";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "60" },
    salt: { type: "string", default: "" },
    // Number of mutants tested in parallel.
    parallel: { type: "string", default: "2" },
  },
});
const [name = ""] = positionals;
const scope = scopes[name];
if (scope === undefined) {
  console.error(`Name a scope: ${Object.keys(scopes).join(", ")}.`);
  process.exit(2);
}
const clone = mkdtempSync(join(tmpdir(), "dagster-sigma-mutation-"));
process.once("exit", () => rmSync(clone, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
execFileSync("git", ["clone", "--quiet", root, clone]);
npm("ci");
npm("install", "--no-save", instrumenter);

const files = sourceFiles(".ts").filter((file) => scope.files.some((start) => file.startsWith(start)));
const mutants = await mutateFiles(clone, files);
// Child processes and their threads run the built files. Types of mutated files are not checked.
spawnSync(process.execPath, [join(clone, "node_modules", "typescript", "bin", "tsc"), "-b"], { cwd: clone });
const started = performance.now();
const covered = join(clone, ".covered");
mkdirSync(covered);
const without = await runTests(clone, scope.tests, { covered, limitMs: 1_200_000 });
if (without !== "passed") throw new Error(`Without an active mutant the tests ${without}.`);
const limitMs = 15_000 + 4 * (performance.now() - started);
const quickTestsOf = quickTests(covered);

const sample = sampleMutants(mutants, Number(values.count), values.salt);
const survivors = [];
const counts = { failed: 0, passed: 0, "timed out": 0 };
const waiting = [...sample];
await Promise.all(Array.from({ length: Number(values.parallel) }, testNext));
report();

async function testNext() {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const outcome = await testMutant(mutant.id);
    counts[outcome]++;
    if (outcome === "passed") survivors.push(mutant);
    if (process.stderr.isTTY) process.stderr.write(`\r${sample.length - waiting.length} of ${sample.length}`);
  }
}

async function testMutant(mutant) {
  const quick = quickTestsOf(mutant);
  const first = quick.length === 0 ? "passed" : await runTests(clone, quick, { mutant, limitMs });
  return first === "passed" ? runTests(clone, scope.tests, { mutant, limitMs }) : first;
}

function report() {
  const known = JSON.parse(readFileSync(join(root, "scripts", "mutation", "survivors.json"), "utf8"));
  const justified = known[name] ?? {};
  const killed = counts.failed + counts["timed out"];
  const score = Math.round((killed / sample.length) * 100);
  console.log(
    `| ${name} | ${sample.length} of ${mutants.length} | ${killed} | ${survivors.length} | ${score} % |`,
  );
  let fresh = 0;
  for (const { key, file, line, from, to } of survivors) {
    const why = justified[key];
    if (why === undefined) fresh++;
    console.log(`${key} ${file}:${line} ${why === undefined ? "NEW" : `known: ${why}`}`);
    console.log(`  - ${short(from)}\n  + ${short(to)}`);
  }
  process.exitCode = fresh === 0 ? 0 : 1;
}

function short(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}

function npm(...args) {
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel", "error", "--prefix", clone], {
    cwd: clone,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
