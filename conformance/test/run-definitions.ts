import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { elementOf, OrganizationBuilder } from "@dagster-sigma/sigma-sandbox";

/** A table, a live data model on it, a scheduled workbook on the model and on a stub, and another scheduled workbook. */
export function buildRunCompany(): ReturnType<OrganizationBuilder["build"]> {
  const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = company.member("Dana Doe", "dana@example.com");
  const warehouse = company.connection("Warehouse", "snowflake", owner);
  const orders = company.table(warehouse, "DB.PUBLIC.ORDERS", { AMOUNT: "number" });
  const targets = company.table(warehouse, "DB.PUBLIC.TARGETS", { TARGET: "number" });
  const model = company.dataModel("Sales", "Orders Model", { owner }, (document) => {
    document.page("Model").table("Orders", { from: orders, columns: ["Amount"] });
  });
  company.workbook("Sales", "Report", { owner }, (document) => {
    document.page("Page");
    const daily = document.table("Daily", { from: elementOf(model, "Orders"), columns: ["Amount"] });
    document.table("Targets", { from: targets, columns: ["Target"] });
    document.materialize(daily, "0 5 * * *");
  });
  company.workbook("Sales", "Two Sheets", { owner }, (document) => {
    document.page("Page");
    for (const name of ["First", "Second"])
      document.materialize(document.table(name, { from: orders, columns: ["Amount"] }), "0 5 * * *");
  });
  return company.build();
}

/** Definitions with documents of Sigma and other executable assets. */
export const runDefinitions = `
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AssetCheckEvaluation, AssetCheckResult, AssetCheckSpec, SensorDefinition, AssetSpec, Definitions, EnvVar, loadSigmaAssetSpecs, MaterializeResult, RetryRequested,
  SigmaOrganization, whenUpstreamRefreshed,
} from "dagster-sigma";
const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
const specs = await loadSigmaAssetSpecs(sigma, {
  materialize: true,
  materializeOptions: { firstPollMs: 20, maxPollMs: 100 },
  dagsterSigmaTranslator: (spec, { properties }) =>
    properties.name === "Report" ? spec.with({ automationCondition: whenUpstreamRefreshed() }) : spec,
});
const own = (key, materialize, more = {}) => new AssetSpec({ key, execution: { description: "test", materialize, ...more.execution }, ...more.spec });
// In a file, because another asset ends the process.
const tried = join(process.env.DAGSTER_SIGMA_STATE_DIR, "tried");
export default new Definitions({
  assets: [
    ...specs,
    own("checked", async ({ assetKey }) => new MaterializeResult({
      checkResults: [new AssetCheckEvaluation({ assetKey, checkName: "not_empty", passed: false })],
    }), { execution: { checks: ["not_empty"] } }),
    own("after_checked", async () => new MaterializeResult(), { spec: { deps: ["checked"] } }),
    own("silent", async () => new MaterializeResult(), { execution: { checks: ["never_reported"] } }),
    own("again", async () => {
      if (existsSync(tried)) return new MaterializeResult();
      writeFileSync(tried, "");
      throw new RetryRequested("not yet", { maxRetries: 2 });
    }),
    own("plain", async () => new MaterializeResult()),
    own("configured", async ({ config }) => new MaterializeResult({ metadata: { config: JSON.stringify(config) } }), {
      execution: {
        pool: "sigma",
        configSchema: {
          type: "object",
          properties: {
            mode: { type: "string", enum: ["full", "changes"] },
            days: { type: "integer", default: 7 },
            tables: { type: "array", items: { type: "string" } },
          },
          required: ["mode"],
        },
      },
    }),
    own("exits", () => { process.exit(7); }),
    own("throws", async () => { throw new TypeError("boom"); }),
  ],
  assetChecks: [
    new AssetCheckSpec({ name: "not_empty", asset: "checked", blocking: true }),
    new AssetCheckSpec({ name: "never_reported", asset: "silent" }),
    new AssetCheckSpec({
      name: "has_rows",
      asset: "plain",
      execution: {
        check: async ({ log, checkName }) => {
          log.info("counting rows", { check: checkName });
          return new AssetCheckResult({ passed: false, severity: "warn", metadata: { rows: 0 } });
        },
      },
    }),
  ],
  sensors: [
    new SensorDefinition({
      name: "logs",
      evaluate: ({ log }) => {
        log.warn("looked at Sigma", { documents: 2 });
        return { skipMessage: "nothing new" };
      },
    }),
  ],
  resources: { sigma },
});
`;

/** Node processes that run steps of the definitions in a folder. */
export function nodeProcesses(folder: string): number {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes("run-steps") && line.includes(folder)).length;
}

/** Pids of the processes of runs: children of the workers of a `serve` whose temporary folder this is. */
export function runProcesses(folder: string): readonly number[] {
  const rows = execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => row?.[3]?.includes("dagster_typescript.worker") === true && row[3].includes(folder))
    .map((row) => ({ pid: Number(row?.[1]), parent: Number(row?.[2]) }));
  const all = new Set(rows.map(({ pid }) => pid));
  const workers = new Set(rows.filter(({ parent }) => !all.has(parent)).map(({ pid }) => pid));
  return rows.filter(({ parent }) => workers.has(parent)).map(({ pid }) => pid);
}

/** Kills all workers of `serve`, and the processes of their runs, too, unless only workers are to be killed. */
export function killWorkers(folder: string, what: "workers" | "all" = "all"): void {
  const spared = what === "workers" ? runProcesses(folder) : [];
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  for (const line of lines) {
    const pid = Number(/^\s*(\d+)/.exec(line)?.[1]);
    const isOurs = line.includes("dagster_typescript.worker") && line.includes(folder);
    if (isOurs && !spared.includes(pid)) process.kill(pid, "SIGKILL");
  }
}

/** Files below a folder that keep a reference to Dagster's storage. */
export function keptStorages(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("storage.json"),
  );
}

/** Titles and environments of the processes of runs; empty where the system does not show them. */
export function runTexts(folder: string): string {
  return runProcesses(folder)
    .flatMap((pid) => ["cmdline", "environ"].map((file) => join("/proc", String(pid), file)))
    .map((path) => (existsSync(path) ? readFileSync(path, "utf8") : ""))
    .join("\n");
}
