import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dbtManifest } from "@dagster-sigma/sigma-assets";
import { OrganizationBuilder, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { readTables } from "@dagster-sigma/sql-lineage";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { judgeDbtProject } from "../src/dbt/dbt-judge.ts";
import { conformanceFolder } from "../src/python/conformance-folder.ts";
import { pythonEnvironment } from "../src/python/python-environment.ts";
import { runProcess } from "../src/python/run-process.ts";
import { locationVariables } from "../src/python-location/location-variables.ts";
import { needsPython } from "./reference.ts";

/** A scheduled workbook that reads the table of the dbt model `marts/revenue`. */
function buildShop(): ReturnType<OrganizationBuilder["build"]> {
  const shop = new OrganizationBuilder({ slug: "shop", name: "Shop" });
  const owner = shop.member("Dana Doe", "dana@example.com");
  const warehouse = shop.connection("Warehouse", "snowflake", owner);
  const revenue = shop.table(warehouse, "MEMORY.MAIN_MARTS.REVENUE", { AMOUNT: "number" });
  shop.workbook("Sales", "Report", { owner }, (document) => {
    document.page("Page");
    document.materialize(document.table("Revenue", { from: revenue, columns: ["Amount"] }), "0 5 * * *");
  });
  return shop.build();
}

const definitions = `
import { dbtManifest, Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";
const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), clientId: EnvVar("SIGMA_CLIENT_ID"), clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});
export default new Definitions({
  assets: await loadSigmaAssetSpecs(sigma, { materialize: true, upstream: [dbtManifest(process.env.MANIFEST)] }),
  resources: { sigma },
});
`;

const python = await pythonEnvironment("dagster-dbt");
if (python === null && process.env["CI"]) throw new Error("The tests need Python 3.10 or newer.");

describe.skipIf(python === null)(`${needsPython} a real dbt project and the real dagster-dbt`, () => {
  let judged: ReturnType<typeof judgeDbtProject>;
  beforeAll(() => {
    judged = judgeDbtProject(python ?? "", mkdtempSync(join(tmpdir(), "dagster-sigma-dbt-")));
  }, 120_000);

  it("give every table the key that dbtManifest gives it", async () => {
    const { match } = await dbtManifest(judged.manifestFile).load(null);
    const tables = judged.nodes.filter(({ relationName }) => relationName !== null);
    const found = tables.map(({ uniqueId, relationName }) => {
      const [path = []] = readTables(`select * from ${relationName}`);
      // Sigma uses the warehouse's case for names.
      const upper = path.map((part) => part.toUpperCase());
      const keys = match({ path: upper, connectionName: null, storageKind: null });
      return [uniqueId, keys.map(({ path: key }) => key)];
    });
    expect(found).toEqual(tables.map(({ uniqueId, key }) => [uniqueId, [key]]));
    expect(tables.length).toBeGreaterThanOrEqual(12);
  });

  it("cover schemas, aliases, versions, seeds, snapshots, source identifiers and keys in the meta", () => {
    const keys = judged.nodes.map(({ key }) => key.join("/"));
    expect(keys).toEqual(
      expect.arrayContaining([
        "plain",
        "marts/revenue",
        "finance/ledger",
        "renamed",
        "people_v1",
        "people_v2",
        "countries",
        "orders_history",
        "raw/orders",
        "warehouse/keyed_by_config",
        "warehouse/keyed_by_meta",
        "crm/accounts_from_meta",
      ]),
    );
  });

  it("are merged with TypeScript definitions in Python: a workbook is downstream of its dbt model", async () => {
    const sandbox = await startSandbox({ organization: buildShop() });
    onTestFinished(() => sandbox.close());
    const folder = mkdtempSync(join(tmpdir(), "dagster-sigma-merged-"));
    const file = join(folder, "definitions.ts");
    writeFileSync(file, definitions);
    const program = join(conformanceFolder, "python", "merged_definitions.py");
    const env = { ...process.env, ...locationVariables(sandbox, { folder }), MANIFEST: judged.manifestFile };
    const { code, out, err } = await runProcess(python ?? "", [program, file, judged.manifestFile], { env });
    expect(code, err).toBe(0);
    const graph = JSON.parse(out) as Readonly<Record<string, object>>;
    expect(graph["Report"]).toEqual({ parents: ["marts/revenue"], executable: true });
    expect(graph["marts/revenue"]).toMatchObject({ executable: true });
    const ofDbt = judged.nodes.map(({ key }) => key.join("/"));
    expect(Object.keys(graph).filter((key) => key !== "Report" && !ofDbt.includes(key))).toEqual([]);
  }, 60_000);
});
