// Is this checkout as fast as another one? Runs the commands of both in turns, each built with its own `npm ci`, and prints medians.
// Run it with `npm run bench -- checkouts <folder of the other checkout>`; WORKBOOKS and RUNS say how much.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const workbooks = Number(process.env.WORKBOOKS ?? 1_000);
const runs = Number(process.env.RUNS ?? 5);
/** Sigma gives a token a second. */
const betweenRunsMs = 1_100;
const here = fileURLToPath(new URL("..", import.meta.url));
const [other] = process.argv.slice(2);
if (other === undefined) throw new Error("Name the folder of the other checkout.");
const checkouts = { before: resolve(other), now: here };
const reporter = join(here, "benchmarks", "report-usage.mjs");

const organization = generateOrganization({
  workbooks,
  seed: 1,
  profile: "legacy",
  workbookSize: { elements: 8, columnsPerElement: 7 },
});
const sandbox = await startSandbox({ organization, delayMs: 5 });
const kept = Object.fromEntries(Object.keys(checkouts).map((name) => [name, newFolder()]));

const tasks = {
  "whole load": (name) => {
    const folder = newFolder();
    return runCommand(name, folder, ["refresh", "--json"]).finally(() => rmSync(folder, { recursive: true }));
  },
  "refresh, nothing changed": (name) => runCommand(name, kept[name], ["refresh", "--json"]),
  "assets from the cache": (name) => runCommand(name, kept[name], ["assets", "--json"]),
  "serve, until it listens": (name) => runServer(name, ["serve", "--port", "0", "--json"]),
  "dev, until the page has its graph": (name) =>
    runServer(name, ["dev", "--port", "0", "--json"], async ({ url }) => {
      for (;;) {
        const response = await fetch(new URL("/api/graph", url));
        const bytes = (await response.arrayBuffer()).byteLength;
        if (response.ok && bytes > 1_000) return bytes;
        await new Promise((done) => setTimeout(done, 20));
      }
    }),
};

const rows = [];
for (const [what, run] of Object.entries(tasks)) {
  const results = { before: [], now: [] };
  for (let index = 0; index <= runs; index++)
    for (const name of index % 2 === 0 ? ["before", "now"] : ["now", "before"]) {
      await new Promise((done) => setTimeout(done, betweenRunsMs));
      const result = await run(name);
      // The first run of each is a warm-up: it fills the caches.
      if (index > 0) results[name].push(result);
    }
  for (const field of ["wall ms", "CPU ms", "peak MiB", "bytes"]) {
    if (results.now[0]?.[field] === undefined) continue;
    const before = median(results.before, field);
    const now = median(results.now, field);
    rows.push({ what, measured: field, before, now, "now/before": (now / before).toFixed(2) });
  }
}
console.log(
  `Node ${process.versions.node}, ${workbooks} workbooks of 8 elements, 5 ms a call, medians of ${runs} runs in turns`,
);
console.table(rows);
await sandbox.close();
for (const folder of Object.values(kept)) rmSync(folder, { recursive: true });

function start(name, stateDir, args) {
  const command = join(checkouts[name], "packages", "dagster-sigma", "bin", "dagster-sigma.js");
  return spawn(process.execPath, ["--import", reporter, command, ...args], {
    cwd: stateDir,
    env: {
      ...process.env,
      SIGMA_BASE_URL: sandbox.baseUrl,
      SIGMA_CLIENT_ID: sandbox.clientId,
      SIGMA_CLIENT_SECRET: sandbox.clientSecret,
      DAGSTER_SIGMA_STATE_DIR: stateDir,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** From the start of the process to its end. */
async function runCommand(name, stateDir, args) {
  const startedMs = performance.now();
  const child = start(name, stateDir, args);
  child.stdout.resume();
  const usage = await usageOf(child);
  return { "wall ms": Math.round(performance.now() - startedMs), ...usage };
}

/** From the start of the process to its first line, and to what is asked then. */
async function runServer(name, args, ask = async () => undefined) {
  const startedMs = performance.now();
  const child = start(name, kept[name], args);
  child.stderr.resume();
  for await (const line of createInterface({ input: child.stdout })) {
    const bytes = await ask(JSON.parse(line));
    const result = { "wall ms": Math.round(performance.now() - startedMs), "CPU ms": cpuMsOf(child.pid) };
    child.kill("SIGTERM");
    await once(child, "close");
    return bytes === undefined ? result : { ...result, bytes };
  }
  throw new Error(`${name}: ${args.join(" ")} printed no line.`);
}

/** What a running process used until now, as Linux counts it, in hundredths of a second. */
function cpuMsOf(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}

async function usageOf(child) {
  let [last, rest] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    last = lines.findLast((line) => line.startsWith('{"cpuMs"')) ?? last;
  });
  await new Promise((done) => child.on("close", done));
  if (last === "") throw new Error(`The command failed: ${rest}`);
  const { cpuMs, peakMiB } = JSON.parse(last);
  return { "CPU ms": Math.round(cpuMs), "peak MiB": Math.round(peakMiB) };
}

function median(results, field) {
  return results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
}

function newFolder() {
  return mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
}
