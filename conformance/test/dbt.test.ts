import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dbtManifest } from "@dagster-sigma/sigma-assets";
import { readTables } from "@dagster-sigma/sql-lineage";
import { beforeAll, describe, expect, it } from "vitest";
import { judgeDbtProject, pythonEnvironment } from "../src/index.ts";
import { needsPython } from "./reference.ts";

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
});
