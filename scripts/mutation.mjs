// `npm run test:mutation -- <scope> [--count N] [--salt TEXT] [--parallel N] [--minutes N] [--folder FOLDER]` checks that the tests
// of a scope can fail. It changes the code in one place at a time, in a clone of the last commit, and reports the changes ("mutants")
// that no test detects ("survivors"). Known survivors, each with the reason why it is harmless, are listed in
// scripts/mutation/survivors.json; a new one is an error.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { CoveringTests } from "./mutation/covering-tests.mjs";
import { mutateFiles, sampleMutants } from "./mutation/mutate-files.mjs";
import { prepareClone } from "./mutation/prepare-clone.mjs";
import { scopes } from "./mutation/scopes.mjs";
import { TestRunner } from "./mutation/test-runner.mjs";
import { root, sourceFiles } from "./source-files.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: "string", default: "60" },
    salt: { type: "string", default: "" },
    // Number of mutants tested in parallel.
    parallel: { type: "string", default: "2" },
    // When this time is over, no other mutant is tested.
    minutes: { type: "string", default: "Infinity" },
    // Where to keep the clone for the next scope.
    folder: { type: "string" },
  },
});
const [name = ""] = positionals;
const scope = scopes[name];
if (scope === undefined) {
  console.error(`Name a scope: ${Object.keys(scopes).join(", ")}.`);
  process.exit(2);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const clone = prepareClone(root, values.folder);
const files = sourceFiles(".ts").filter((file) => scope.files.some((start) => file.startsWith(start)));
const mutants = await mutateFiles(clone, files);
// Child processes and their threads run the built files. Types of mutated files are not checked.
spawnSync(process.execPath, [join(clone, "node_modules", "typescript", "bin", "tsc"), "-b"], { cwd: clone });
const msOf = new Map();
const covering = await runWithoutMutant();
const waiting = sampleMutants(mutants, Number(values.count), values.salt);
// One process for all files of a run is quicker, but not all tests bear it.
const needed = [...new Set(waiting.flatMap(({ id }) => covering.of(id)))];
const isolate = needed.length > 0 && (await runTests({ isolate: false }, needed)).length > 0;

const survivors = [];
const counts = { failed: 0, passed: 0, "timed out": 0 };
const count = waiting.length;
const started = performance.now();
const end = started + Number(values.minutes) * 60_000;
await Promise.all(Array.from({ length: Number(values.parallel) }, testNext));
const tested = count - waiting.length;
const seconds = (performance.now() - started) / 1000;
console.error(`${Math.round(started / 1000)} s to prepare, ${(seconds / tested).toFixed(1)} s per mutant`);
report();

/** The tests must pass; what they cover is recorded. On a busy machine some pass only when they run again. */
async function runWithoutMutant() {
  const covered = join(clone, ".covered");
  writeFileSync(covered, "");
  let failed = await runTests({ isolate: true, covered });
  for (let again = 0; again < 2 && failed.length > 0; again++) {
    failed = await runTests({ isolate: true, covered }, failed);
  }
  if (failed.length > 0) throw new Error(`Without an active mutant these tests fail: ${failed.join(", ")}.`);
  return new CoveringTests(covered, msOf);
}

/** The files that fail. */
async function runTests(options, selected) {
  const runner = newRunner(options);
  const tests = selected ?? (await runner.files()).filter(isOfScope);
  const { outcome, failed, ms } = await runner.run(tests, { limitMs: 1_200_000 });
  runner.stop();
  for (const [index, file] of tests.entries()) msOf.set(file, Math.max(ms[index] ?? 0, msOf.get(file) ?? 0));
  return outcome !== "passed" && failed.length === 0 ? tests : failed;
}

function isOfScope(file) {
  return scope.tests.some((start) => relative(clone, file).startsWith(start));
}

async function testNext() {
  const runner = newRunner({ isolate });
  while (waiting.length > 0 && performance.now() < end) {
    const mutant = waiting.shift();
    const outcome = await testMutant(runner, mutant);
    counts[outcome]++;
    if (outcome === "passed") survivors.push(mutant);
    if (process.stderr.isTTY) process.stderr.write(`\r${count - waiting.length} of ${count}`);
  }
  runner.stop();
}

async function testMutant(runner, { id }) {
  const tests = covering.of(id);
  if (tests.length === 0) return "passed";
  const longestMs = Math.max(...tests.map((file) => msOf.get(file) ?? 0));
  const { outcome, failed } = await runner.run(tests, { mutant: id, limitMs: 20_000 + 4 * longestMs });
  covering.learn(tests, failed);
  return outcome;
}

function newRunner(options) {
  const runner = new TestRunner(clone, options);
  process.once("exit", () => runner.stop());
  return runner;
}

function report() {
  const known = JSON.parse(readFileSync(join(root, "scripts", "mutation", "survivors.json"), "utf8"));
  const justified = known[name] ?? {};
  const killed = counts.failed + counts["timed out"];
  const score = Math.round((killed / tested) * 100);
  console.log(`| ${name} | ${tested} of ${mutants.length} | ${killed} | ${survivors.length} | ${score} % |`);
  let fresh = 0;
  for (const { id, key, file, line, from, to } of survivors) {
    const why = justified[key];
    if (why === undefined) fresh++;
    const reached = covering.of(id).length === 0 ? ", reached by no test" : "";
    console.log(`${key} ${file}:${line} ${why === undefined ? "NEW" : `known: ${why}`}${reached}`);
    console.log(`  - ${short(from)}\n  + ${short(to)}`);
  }
  process.exitCode = fresh === 0 ? 0 : 1;
}

function short(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
