// Compares the speed of this checkout with another one. Alternates between the commands of both and prints medians. Install and
// build each checkout first. Run it with `npm run bench -- checkouts <folder of the other checkout>`; the environment variables
// WORKBOOKS (default: 1,000) and RUNS (default: 5) set the size and the number of runs.
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
/** Sigma allows one token request per second. */
const betweenRunsMs = 1_100;
const here = fileURLToPath(new URL("..", import.meta.url));
const [other] = process.argv.slice(2);
if (other === undefined) throw new Error("The folder of the other checkout is missing.");
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
  "full load": (name) => {
    const folder = newFolder();
    return runCommand(name, folder, ["refresh", "--json"]).finally(() => rmSync(folder, { recursive: true }));
  },
  "refresh, nothing changed": (name) => runCommand(name, kept[name], ["refresh", "--json"]),
  "assets from the cache": (name) => runCommand(name, kept[name], ["assets", "--json"]),
  "serve, until listening": (name) => runServer(name, ["serve", "--port", "0", "--json"]),
  "dev, until the graph is available": (name) =>
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
      // The first run of each checkout fills the caches and is not counted.
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
  `Node ${process.versions.node}, ${workbooks} workbooks of 8 elements, 5 ms per call, medians of ${runs} alternating runs`,
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

/** Measures a command from start to exit. */
async function runCommand(name, stateDir, args) {
  const startedMs = performance.now();
  const child = start(name, stateDir, args);
  child.stdout.resume();
  const usage = await usageOf(child);
  return { "wall ms": Math.round(performance.now() - startedMs), ...usage };
}

/** Measures a server from start to its first line of output, including the requests of `ask`. */
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

/** CPU time of a running process, in ms. Linux reports it in hundredths of a second. */
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
