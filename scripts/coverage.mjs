// `npm run coverage [-- FILTER … --uncovered]` runs the tests and prints the statement coverage of each package, and with
// --uncovered the lines that no test reached. It counts the tests, their worker threads and child processes, and the page in
// Chromium.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { readPageCoverage, readProcessCoverage } from "./coverage/read-coverage.mjs";
import { addCounted, coverageByGroup, uncoveredLines } from "./coverage/statements.mjs";
import { root } from "./source-files.mjs";

const listsUncovered = process.argv.includes("--uncovered");
const filters = process.argv.slice(2).filter((argument) => argument !== "--uncovered");
/** Minimum coverage of each package, in %. Does not apply to the page. */
const minimumPercent = 90;
const webUi = join(root, "packages", "web-ui");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-coverage-"));
const folders = Object.fromEntries(
  ["tests", "processes", "page"].map((name) => {
    const path = join(folder, name);
    mkdirSync(path);
    return [name, path];
  }),
);

try {
  // Not minified: that merges statements, so that most of them could not be found.
  run(webUi, vite, "build", "--sourcemap", "hidden", "--minify", "false");
  const status = run(
    root,
    ...[join(root, "node_modules", "vitest", "vitest.mjs"), "run"],
    ...["--root", root, "--config", join("scripts", "coverage", "vitest.config.ts")],
    ...filters,
  );
  const own = new Map();
  const tests = JSON.parse(readFileSync(join(folders.tests, "coverage-final.json"), "utf8"));
  for (const counted of Object.values(tests)) addCounted(own, counted);
  const processes = await readProcessCoverage(folders.processes, root);
  const page = await readPageCoverage(folders.page, join(webUi, "dist", "page"));
  const isEnough = print(coverageByGroup(own, [processes, page], groupOf));
  if (listsUncovered) printUncovered(uncoveredLines(own, [processes, page]));
  process.exitCode = status === 0 && isEnough ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  run(webUi, vite, "build");
}

function run(cwd, ...command) {
  const env = {
    ...process.env,
    COVERAGE_TESTS: folders.tests,
    COVERAGE_PROCESSES: folders.processes,
    COVERAGE_PAGE: folders.page,
  };
  return spawnSync(process.execPath, command, { cwd, env, stdio: ["ignore", 2, 2] }).status ?? 1;
}

function groupOf(file) {
  const [, name, , inner] = relative(root, file).split(sep);
  return name === "web-ui" && inner === "page" ? "web-ui/src/page" : name;
}

/** Prints the table. True if each package reaches the minimum. */
function print(groups) {
  const names = [...groups.keys()].sort();
  console.log("| package | statements | covered by the test processes | covered in total |");
  console.log("|---|---|---|---|");
  for (const name of names) {
    const { statements, inTests, covered } = groups.get(name);
    console.log(
      `| ${name} | ${statements} | ${percent(inTests, statements)} | ${percent(covered, statements)} |`,
    );
  }
  const few = names.filter((name) => {
    const { statements, covered } = groups.get(name);
    return name !== "web-ui/src/page" && (covered / statements) * 100 < minimumPercent;
  });
  // Some of the tests cannot reach it.
  if (filters.length > 0) return true;
  if (few.length > 0) console.error(`Less than ${minimumPercent} %: ${few.join(", ")}.`);
  return few.length === 0;
}

function printUncovered(linesByFile) {
  for (const [file, lines] of linesByFile) console.log(`${relative(root, file)}: ${lines.join(", ")}`);
}

function percent(part, whole) {
  return `${((part / whole) * 100).toFixed(1)} %`;
}
