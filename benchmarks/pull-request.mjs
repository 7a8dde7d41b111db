// How long does `impact --from --to` take for a pull request that changes 500 dbt models? Every model has 20 computed columns and a `*` from a
// CTE, so all of them are parsed; the organization is loaded from a saved state. Medians of five runs, the whole command.
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSampleCompany, startSandbox } from "../packages/sigma-sandbox/dist/index.js";

const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-pull-request-"));
const bin = new URL("../packages/dagster-sigma/bin/dagster-sigma.js", import.meta.url).pathname;
const sandbox = await startSandbox({ organization: buildSampleCompany() });
const env = {
  ...process.env,
  SIGMA_BASE_URL: sandbox.baseUrl,
  SIGMA_CLIENT_ID: sandbox.clientId,
  SIGMA_CLIENT_SECRET: sandbox.clientSecret,
  DAGSTER_SIGMA_STATE_DIR: join(folder, "state"),
};

/** A model that is the sample organization's table of orders, or a table that Sigma does not read. */
function model(number, isChanged) {
  const columns = Array.from({ length: 20 }, (_each, at) => {
    const name = at === 0 ? `net_amount${isChanged ? "_eur" : ""}` : `c${at}`;
    return `t.x${at} + ${at} as ${name}`;
  });
  const sql = `with a as (select * from db.raw.source_${number}), f as (select ${columns.join(", ")} from a t) select * from f`;
  const name = number === 0 ? "orders" : `model_${number}`;
  return {
    unique_id: `model.shop.${name}`,
    resource_type: "model",
    name,
    relation_name: `harbor.sales.${name}`,
    original_file_path: `models/${name}.sql`,
    raw_code: sql,
    compiled_code: sql,
  };
}

function writeManifest(models, changed) {
  const file = join(folder, `${models}-${changed}.json`);
  const nodes = Array.from({ length: models }, (_each, at) => model(at, at < changed));
  const byId = Object.fromEntries(nodes.map((node) => [node.unique_id, node]));
  writeFileSync(file, JSON.stringify({ metadata: { adapter_type: "snowflake" }, nodes: byId }));
  return file;
}

/** @returns seconds */
async function run(args) {
  const start = performance.now();
  const child = spawn(process.execPath, [bin, "impact", ...args, "--quiet"], { env, stdio: "ignore" });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`The command ended with ${code}.`);
  return (performance.now() - start) / 1_000;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  await run(["HARBOR.SALES.ORDERS"]);
  console.log("| models | changed | seconds |\n|---|---|---|");
  for (const [models, changed] of [
    [10, 1],
    [500, 500],
    [2_000, 500],
    [5_000, 500],
  ]) {
    const files = ["--from", writeManifest(models, 0), "--to", writeManifest(models, changed)];
    const seconds = [];
    for (let round = 0; round < rounds; round++) seconds.push(await run(files));
    console.log(`| ${models} | ${changed} | ${median(seconds).toFixed(2)} |`);
  }
} finally {
  await sandbox.close();
}
