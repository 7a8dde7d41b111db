// How fast do runs of a Python location with TypeScript definitions start and end, and how fast are its assets built? Runs are launched
// through the real web server, without a queue. Run it with `npm run bench -- python-location`.
import { mkdtempSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  conformanceFolder,
  locationVariables,
  pythonEnvironment,
  runProcess,
  startDagster,
  withoutQueue,
} from "../conformance/dist/index.js";
import { typescriptAssets } from "./runs/executable-assets.mjs";
import { medians, timeRuns } from "./runs/time-runs.mjs";

const runs = Number(process.env.RUNS ?? 5);
const size = Number(process.env.ASSETS ?? 10_000);
const bin = fileURLToPath(new URL("../packages/dagster-sigma/bin/dagster-sigma.js", import.meta.url));
const python = await pythonEnvironment("dagster-webserver");
if (python === null) throw new Error("The benchmark needs Python 3.10 or newer.");
const load = () => loadavg()[0].toFixed(1);

console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, dagster 1.13.27, medians of ${runs}, load average at the start ${load()}`,
);
const home = mkdtempSync(join(tmpdir(), "dagster-sigma-benchmark-"));
const variables = locationVariables({ baseUrl: "", clientId: "", clientSecret: "" }, { folder: home });

const rows = {};
for (const [name, file] of Object.entries({
  "definitions.ts": "definitions.ts",
  "exported definitions.json": "definitions.json",
  "Python assets": "python",
}))
  for (const assets of [1, 20]) rows[`${name}, ${assets} assets`] = await measureRuns(file, assets);
console.log(
  "\nSeconds from RUN_STARTING, one run of all assets in dagster.in_process_executor, nothing to wait for",
);
console.table(rows);
console.log(`${size} executable assets, each with two dependencies and metadata, built from exported JSON`);
console.table(await measureBuilding());
console.log(`Load average at the end: ${load()}`);

/** Medians over runs that are launched one after the other, in one Dagster. */
async function measureRuns(file, assets) {
  const folder = await writeLocation(file, assets);
  const dagster = await startDagster({
    python,
    locations: [{ name: "typescript", pythonFile: join(folder, "location.py") }],
    dagsterYaml: withoutQueue,
    env: variables,
  });
  try {
    const names = Array.from({ length: assets }, (_, index) => `asset_${index}`);
    const results = await timeRuns(dagster, { location: "typescript", assets: names, runs });
    return medians(results.map(({ fromStarting }) => fromStarting));
  } finally {
    await dagster.close();
  }
}

async function measureBuilding() {
  const folder = await writeLocation("definitions.json", size);
  const results = [];
  for (let run = 0; run < runs; run++) {
    const program = join(conformanceFolder, "python", "measure_definitions.py");
    const measured = await succeed(python, [program, join(folder, "definitions.json")]);
    const { importS, definitionsS, repositoryS, executable, importMiB, peakMiB } = JSON.parse(measured);
    if (executable !== size) throw new Error(`${executable} assets are executable.`);
    results.push({
      "import s": importS,
      "load_definitions s": definitionsS,
      "repository s": repositoryS,
      "MiB after import": importMiB,
      "peak MiB": peakMiB,
    });
  }
  return medians(results);
}

/** A folder with a location of executable assets that have nothing to do. */
async function writeLocation(file, assets) {
  const folder = mkdtempSync(join(home, "location-"));
  writeFileSync(join(folder, "definitions.ts"), typescriptAssets(assets));
  const target = join(folder, "definitions.json");
  await succeed(process.execPath, [
    bin,
    "export",
    "dagster-python",
    "-f",
    join(folder, "definitions.ts"),
    "-o",
    target,
  ]);
  writeFileSync(join(folder, "location.py"), file === "python" ? pythonAssets(assets) : typescript(file));
  return folder;
}

function typescript(file) {
  return `import dagster as dg
from dagster_typescript import load_definitions

defs = load_definitions("${file}", executor=dg.in_process_executor)
`;
}

/** What Dagster itself needs for the same graph: the functions return at once. */
function pythonAssets(assets) {
  return `import dagster as dg

def build(index):
    @dg.asset(name=f"asset_{index}", deps=[f"asset_{other}" for other in (index - 1, index - 10) if other >= 0])
    def nothing():
        return dg.MaterializeResult(metadata={"rows": 1})
    return nothing

defs = dg.Definitions(assets=[build(index) for index in range(${assets})], executor=dg.in_process_executor)
`;
}

async function succeed(program, args) {
  const { code, out, err } = await runProcess(program, args, { env: { ...process.env, ...variables } });
  if (code !== 0) throw new Error(err);
  return out;
}
