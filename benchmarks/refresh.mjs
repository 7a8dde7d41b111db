// What does it cost to load a large organization, and to refresh it, beside the Python library against the same sandbox?
// Each load runs in a process of its own, started directly, so that its CPU time and memory are its own. Run it with
// `npm run bench:refresh`.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../conformance/dist/index.js";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const workbooks = Number(process.env.WORKBOOKS ?? 1_000);
const runs = Number(process.env.RUNS ?? 3);
const delayMs = 30;

if (process.argv[2] === "load") await loadOnce();
else await compare();

/** One load in this process; prints what it took. */
async function loadOnce() {
  const { loadSigmaAssetSpecs, SigmaOrganization } = await import("../packages/sigma-assets/dist/index.js");
  const { baseUrl, clientId, clientSecret, stateDir, fetchColumnData } = JSON.parse(process.argv[3]);
  const startedMs = performance.now();
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  await loadSigmaAssetSpecs(sigma, { stateDir, refresh: true, fetchColumnData });
  const wallMs = performance.now() - startedMs;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(
    JSON.stringify({ wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMiB: maxRSS / 1_024 }),
  );
}

async function compare() {
  const organization = generateOrganization({
    workbooks,
    seed: 1,
    profile: "legacy",
    workbookSize: { elements: 8, columnsPerElement: 7 },
  });
  const python = await pythonEnvironment("dagster-sigma");
  const here = fileURLToPath(import.meta.url);
  const node = (stateDir, fetchColumnData) => (served) =>
    run(process.execPath, [here, "load", JSON.stringify({ ...served, stateDir, fetchColumnData })]);
  const freshFolder = () => mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
  const rows = [];
  const kept = freshFolder();
  const measure = async (what, times, load, prepare = () => {}) => {
    const results = [];
    let requests = 0;
    for (let index = 0; index < times; index++) {
      prepare(index);
      const sandbox = await startSandbox({
        organization,
        delayMs,
        clientId: "benchmark",
        clientSecret: "benchmark",
      });
      // The same address each time, as a state expects.
      const { baseUrl, clientId, clientSecret } = sandbox;
      results.push(await load({ baseUrl, clientId, clientSecret }));
      requests = sandbox.log.requests.length;
      await sandbox.close();
    }
    const median = (field) =>
      results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(times / 2)];
    const row = {
      what,
      requests,
      "wall s": median("wallMs") / 1_000,
      "CPU s": median("cpuMs") / 1_000,
      "peak MiB": median("peakMiB"),
    };
    rows.push(row);
    return row;
  };
  const theirs =
    python === null ? null : await measure("Python, whole load", runs, (served) => runPython(python, served));
  await measure("ours, whole load, with all columns", runs, (served) => node(freshFolder(), true)(served));
  await measure("ours, whole load, no columns", runs, (served) => node(freshFolder(), false)(served));
  // The state is found by the address: one server for a load and its refreshes.
  const sandbox = await startSandbox({ organization, delayMs });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const served = { baseUrl, clientId, clientSecret };
  await node(kept, true)(served);
  for (const [what, share] of [
    ["ours, refresh, 1 % changed", 0.01],
    ["ours, refresh, nothing changed", 0],
  ]) {
    const results = [];
    let requests = 0;
    for (let index = 0; index < runs; index++) {
      for (const workbook of organization.workbooks.slice(0, Math.round(workbooks * share))) {
        workbook.version++;
        workbook.updatedAt = new Date(Date.UTC(2027, 0, 1) + workbook.version * 1_000).toISOString();
      }
      sandbox.organizationChanged();
      sandbox.log.clear();
      results.push(await node(kept, true)(served));
      requests = sandbox.log.requests.length;
    }
    const median = (field) =>
      results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(runs / 2)];
    rows.push({
      what,
      requests,
      "wall s": median("wallMs") / 1_000,
      "CPU s": median("cpuMs") / 1_000,
      "peak MiB": median("peakMiB"),
    });
  }
  await sandbox.close();
  console.log(
    `Node ${process.versions.node}, ${workbooks} workbooks of 8 elements and 56 columns, ${delayMs} ms a call, medians of ${runs}`,
  );
  const share = (row, field) => (theirs === null ? "" : (row[field] / theirs[field]).toFixed(3));
  console.table(
    rows.map((row) => ({
      what: row.what,
      requests: row.requests,
      "wall s": row["wall s"].toFixed(1),
      "CPU s": row["CPU s"].toFixed(1),
      "peak MiB": Math.round(row["peak MiB"]),
      "requests / Python's": share(row, "requests"),
      "wall / Python's": share(row, "wall s"),
      "CPU / Python's": share(row, "CPU s"),
      "memory / Python's": share(row, "peak MiB"),
    })),
  );
}

/** A load by the real library, importing Dagster left out of the time but not of CPU and memory. */
function runPython(python, { baseUrl, clientId, clientSecret }) {
  const program = `
import json, logging, resource, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from dagster_sigma import SigmaOrganization, load_sigma_asset_specs
before = resource.getrusage(resource.RUSAGE_SELF)
started = time.time()
load_sigma_asset_specs(SigmaOrganization(base_url=sys.argv[1], client_id=sys.argv[2], client_secret=sys.argv[3], warn_on_lineage_fetch_error=True))
wall = time.time() - started
after = resource.getrusage(resource.RUSAGE_SELF)
cpu = after.ru_utime + after.ru_stime
print(json.dumps({"wallMs": wall * 1000, "cpuMs": cpu * 1000, "peakMiB": after.ru_maxrss / 1024}))
`;
  return run(python, ["-c", program, baseUrl, clientId, clientSecret]);
}

function run(command, args) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(out.trim().split("\n").at(-1)));
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}
