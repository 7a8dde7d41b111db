// How much memory does a load of a large organization take at most? The sandbox runs in another process, and each load
// in one of its own, started directly: as a library, and as a command. Run it with `npm run bench -- memory`;
// WORKBOOKS="1000 10000" sets other sizes, CHECKOUTS="folder other" the built checkouts to measure in turn.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const sizes = (process.env.WORKBOOKS ?? "10000 30000").split(" ").map(Number);
const runs = Number(process.env.RUNS ?? 3);
const own = fileURLToPath(new URL("..", import.meta.url));
const checkouts = (process.env.CHECKOUTS ?? own).split(" ").map((folder) => resolve(folder));
const reporter = new URL("report-usage.mjs", import.meta.url).href;
const here = fileURLToPath(import.meta.url);
const [what, argument] = process.argv.slice(2);

if (what === "sandbox") await serve(Number(argument));
else if (what === "load") await loadOnce(JSON.parse(argument));
else await measureAll();

function packageOf(name, root = own) {
  return import(pathToFileURL(join(root, "packages", name, "dist", "index.js")).href);
}

/** Serves an organization until the process is stopped. */
async function serve(workbooks) {
  const { generateOrganization, startSandbox } = await packageOf("sigma-sandbox");
  const organization = generateOrganization({
    workbooks,
    seed: 1,
    workbookSize: { elements: 8, columnsPerElement: 7 },
  });
  const { baseUrl, clientId, clientSecret } = await startSandbox({ organization });
  console.log(JSON.stringify({ baseUrl, clientId, clientSecret }));
}

/** Loads once in this process. */
async function loadOnce({ root, baseUrl, clientId, clientSecret, stateDir }) {
  const { loadSigmaAssetSpecs, SigmaOrganization } = await packageOf("sigma-assets", root);
  await loadSigmaAssetSpecs(new SigmaOrganization({ baseUrl, clientId, clientSecret }), {
    stateDir,
    refresh: true,
  });
}

async function measureAll() {
  const rows = [];
  for (const workbooks of sizes) {
    const sandbox = start([here, "sandbox", String(workbooks)]);
    const [line] = await once(createInterface(sandbox.stdout), "line");
    const served = JSON.parse(line);
    const results = new Map();
    for (let run = 0; run < runs; run++) {
      for (const [index, root] of checkouts.entries()) {
        const measured = await measureOne(root, served);
        for (const [load, result] of Object.entries(measured)) {
          const name = checkouts.length === 1 ? load : `${load}, checkout ${index + 1}`;
          results.set(name, [...(results.get(name) ?? []), result]);
        }
      }
    }
    sandbox.kill();
    for (const [load, each] of results) rows.push({ workbooks, load, ...medians(each) });
  }
  console.log(`Node ${process.versions.node}, 8 elements and 56 columns per workbook, medians of ${runs}`);
  console.table(rows);
}

/** Each load once. */
async function measureOne(root, { baseUrl, clientId, clientSecret }) {
  const command = join(root, "packages", "dagster-sigma", "bin", "dagster-sigma.js");
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-")));
  const [stateDir, commandDir] = folders;
  const env = {
    SIGMA_BASE_URL: baseUrl,
    SIGMA_CLIENT_ID: clientId,
    SIGMA_CLIENT_SECRET: clientSecret,
    DAGSTER_SIGMA_STATE_DIR: commandDir,
  };
  const load = JSON.stringify({ root, baseUrl, clientId, clientSecret, stateDir });
  try {
    return {
      "library, complete": await usageOf([here, "load", load]),
      "refresh, complete": await usageOf([command, "refresh", "--json"], env),
      "refresh, nothing changed": await usageOf([command, "refresh", "--json"], env),
    };
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true });
  }
}

function medians(results) {
  const median = (field, scale, digits) => {
    const sorted = results.map((result) => result[field]).sort((a, b) => a - b);
    return Number((sorted[Math.floor(results.length / 2)] / scale).toFixed(digits));
  };
  return {
    "wall s": median("wallMs", 1_000, 1),
    "CPU s": median("cpuMs", 1_000, 1),
    "peak MiB": median("peakMiB", 1, 0),
  };
}

function start(args, env = {}) {
  return spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
}

/** Runs a Node process to its end. */
async function usageOf(args, env) {
  const startedMs = performance.now();
  const child = start(["--import", reporter, ...args], env);
  child.stdout.resume();
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`A load ended with ${code}: ${err}`);
  return { wallMs: performance.now() - startedMs, ...JSON.parse(err.trimEnd().split("\n").at(-1)) };
}
