// Is the cost per workbook constant as the organization grows, how much does a refresh of a large organization
// without changes cost, and how fast do definitions load from its state? Each load runs in its own process, started
// directly. Run it with `npm run bench -- scale`.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateOrganization, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const sizes = [100, 1_000, 10_000];
const runs = Number(process.env.RUNS ?? 3);

if (process.argv[2] === "load") await loadOnce(JSON.parse(process.argv[3]));
else await measureAll();

/** Loads once in this process and prints the cost. */
async function loadOnce({ baseUrl, clientId, clientSecret, stateDir, refresh }) {
  const { loadSigmaAssetSpecs, SigmaOrganization } = await import("../packages/sigma-assets/dist/index.js");
  const startedMs = performance.now();
  const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
  await loadSigmaAssetSpecs(sigma, { stateDir, refresh });
  const wallMs = performance.now() - startedMs;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const { requests } = sigma.loadReports[0];
  console.log(
    JSON.stringify({
      wallMs,
      cpuMs: (userCPUTime + systemCPUTime) / 1_000,
      peakMiB: maxRSS / 1_024,
      requests,
    }),
  );
}

async function measureAll() {
  const rows = [];
  const whole = new Map();
  for (const workbooks of sizes) {
    const organization = generateOrganization({
      workbooks,
      seed: 1,
      workbookSize: { elements: 8, columnsPerElement: 7 },
    });
    const sandbox = await startSandbox({ organization });
    const { baseUrl, clientId, clientSecret } = sandbox;
    const served = { baseUrl, clientId, clientSecret };
    const stateDir = mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
    const measure = async (what, refresh, prepare) => {
      const results = [];
      for (let index = 0; index < runs; index++) {
        prepare();
        results.push(await run({ ...served, stateDir, refresh }));
      }
      const row = { what, workbooks, ...median(results) };
      rows.push(row);
      return row;
    };
    const drop = (pattern) => () => {
      for (const name of readdirSync(stateDir)) if (pattern.test(name)) rmSync(join(stateDir, name));
    };
    whole.set(workbooks, await measure("whole load", true, drop(/./)));
    await measure("refresh, nothing changed", true, () => {});
    await measure("from the state, nothing worked out", false, drop(/\.graph$/));
    await measure("from the state, worked out before", false, () => {});
    const bytes = Object.fromEntries(
      readdirSync(stateDir).map((name) => [name.split(".").at(-1), statSync(join(stateDir, name)).size]),
    );
    rows.push({ what: `files: state ${mib(bytes.ndjson)}, worked out ${mib(bytes.graph)} MiB`, workbooks });
    rmSync(stateDir, { recursive: true });
    await sandbox.close();
    const { members, tables, dataModels, datasets } = organization;
    const unlisted = dataModels.filter(({ isListed }) => !isListed).length;
    console.log(
      `${workbooks} workbooks, ${dataModels.length} data models (${unlisted} of them listed nowhere), ${datasets.length} datasets, ${tables.length} tables, ${members.length} members`,
    );
  }
  console.log(`Node ${process.versions.node}, 8 elements and 56 columns a workbook, medians of ${runs}`);
  console.table(
    rows.map(({ what, workbooks, requests, wallMs, cpuMs, peakMiB }) => ({
      workbooks,
      what,
      requests,
      "wall s": wallMs && (wallMs / 1_000).toFixed(2),
      "CPU s": cpuMs && (cpuMs / 1_000).toFixed(2),
      "peak MiB": peakMiB && Math.round(peakMiB),
    })),
  );
  const [small, middle, large] = sizes;
  const added = (field, from, to) => (whole.get(to)[field] - whole.get(from)[field]) / (to - from);
  for (const [what, field, unit] of [
    ["CPU", "cpuMs", "ms"],
    ["memory", "peakMiB", "MiB"],
  ]) {
    const [before, after] = [added(field, small, middle), added(field, middle, large)];
    console.log(
      `${what} that a workbook adds: ${before.toFixed(3)} ${unit} from ${small} to ${middle}, ${after.toFixed(3)} ${unit} from ${middle} to ${large} (× ${(after / before).toFixed(2)})`,
    );
  }
}

function mib(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}

function median(results) {
  const of = (field) =>
    results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
  return Object.fromEntries(["wallMs", "cpuMs", "peakMiB", "requests"].map((field) => [field, of(field)]));
}

function run(what) {
  const here = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [here, "load", JSON.stringify(what)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(out));
      else reject(new Error(`A load ended with ${code}`));
    });
  });
}
