// How much does it cost to load a large organization, and to refresh it, compared with the Python library on the same
// sandbox? Both are measured like a user runs them: a program that calls `load_sigma_asset_specs`, and `dagster-sigma
// refresh`, from the start of their processes to the end. `node` and `python` are started directly. Run it with `npm
// run bench -- refresh`.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../conformance/dist/index.js";
import {
  generateOrganization,
  mutateOrganization,
  startSandbox,
} from "../packages/sigma-sandbox/dist/index.js";

const workbooks = Number(process.env.WORKBOOKS ?? 1_000);
const runs = Number(process.env.RUNS ?? 3);
const delayMs = 30;
/** Sigma issues one token a second. */
const betweenRunsMs = 1_100;

const command = fileURLToPath(new URL("../packages/dagster-sigma/bin/dagster-sigma.js", import.meta.url));
const reporter = new URL("report-usage.mjs", import.meta.url).href;

await compare();

async function compare() {
  const organization = generateOrganization({
    workbooks,
    seed: 1,
    profile: "legacy",
    workbookSize: { elements: 8, columnsPerElement: 7 },
  });
  const python = await pythonEnvironment("dagster-sigma");
  const ours =
    (stateDir, ...options) =>
    (served) =>
      run(process.execPath, ["--import", reporter, command, "refresh", "--json", ...options], {
        SIGMA_BASE_URL: served.baseUrl,
        SIGMA_CLIENT_ID: served.clientId,
        SIGMA_CLIENT_SECRET: served.clientSecret,
        DAGSTER_SIGMA_STATE_DIR: stateDir,
      });
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
      // Always the same base URL, because a state depends on it.
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
      "load s": median("loadMs") / 1_000,
    };
    rows.push(row);
    return row;
  };
  const theirs =
    python === null ? null : await measure("Python, whole load", runs, (served) => runPython(python, served));
  await measure("ours, whole load, with all columns", runs, (served) => ours(freshFolder())(served));
  await measure("ours, whole load, no columns", runs, (served) =>
    ours(freshFolder(), "--no-columns")(served),
  );
  // The state depends on the base URL, so a load and its refreshes share a server.
  const sandbox = await startSandbox({ organization, delayMs });
  const { baseUrl, clientId, clientSecret } = sandbox;
  const served = { baseUrl, clientId, clientSecret };
  await ours(kept)(served);
  for (const [what, share] of [
    ["ours, refresh, 1 % got another column", 0.01],
    ["ours, refresh, nothing changed", 0],
  ]) {
    const results = [];
    let requests = 0;
    for (let index = 0; index < runs; index++) {
      const changed = Math.round(workbooks * share);
      for (let count = 0; count < changed; count++)
        mutateOrganization(organization, "add column", index * changed + count);
      sandbox.organizationChanged();
      await sleep(betweenRunsMs);
      sandbox.log.clear();
      results.push(await ours(kept)(served));
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
  if (theirs !== null)
    console.log(
      `Of Python's ${theirs["wall s"].toFixed(1)} s, loading itself takes ${theirs["load s"].toFixed(1)}`,
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

/** Loads with the real library; also reports the time of loading alone. */
async function runPython(python, { baseUrl, clientId, clientSecret }) {
  const program = `
import json, logging, resource, sys, time, warnings
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
from dagster_sigma import SigmaOrganization, load_sigma_asset_specs
started = time.time()
load_sigma_asset_specs(SigmaOrganization(base_url=sys.argv[1], client_id=sys.argv[2], client_secret=sys.argv[3], warn_on_lineage_fetch_error=True))
load = time.time() - started
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"loadMs": load * 1000, "cpuMs": (usage.ru_utime + usage.ru_stime) * 1000, "peakMiB": usage.ru_maxrss / 1024}), file=sys.stderr)
`;
  return await run(python, ["-c", program, baseUrl, clientId, clientSecret]);
}

/**
 * The last line that a program writes to stderr reports its resource usage; its duration is measured from outside.
 */
function run(program, args, env = {}) {
  const startedMs = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (data) => {
    told += data;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      const wallMs = performance.now() - startedMs;
      if (code === 0) resolve({ ...JSON.parse(told.trim().split("\n").at(-1)), wallMs });
      else reject(new Error(`${program} ended with ${code}: ${told}`));
    });
  });
}
