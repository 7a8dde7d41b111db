import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetDep, AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import { codeLocationOutlet, hostFeatures, startCodeLocation } from "@dagster-sigma/code-location";
import { createStaticDefinitionsSource } from "@dagster-sigma/definitions-host";
import { dbtManifest, loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { shownAssets } from "../src/dagster/asset-nodes.ts";
import { specsJson } from "../src/dagster/specs-json.ts";
import { type RunningDagster, startDagster } from "../src/dagster/start-dagster.ts";
import { dagsterPython, needsPython } from "./reference.ts";

const python = (await dagsterPython()) ?? "";
const specLocation = join(import.meta.dirname, "..", "python", "spec_location.py");

describe.skipIf(python === "")(`${needsPython} our tables next to a Python location`, () => {
  it("show their kind, and assets of the same table if no asset has their key", async () => {
    const metadata = { "dagster/table_name": "wh.sales.people", "dagster/storage_kind": "snowflake" };
    const dagster = await start(
      [new AssetSpec({ key: "report", deps: [new AssetDep(["wh", "sales", "people"], { metadata })] })],
      [
        new AssetSpec({
          key: ["people", "of", "dbt"],
          metadata: { "dagster/table_name": "WH.SALES.PEOPLE", "dagster/storage_kind": "snowflake" },
        }),
      ],
    );
    const { assetNodeOrError: stub } = await dagster.graphql<{ readonly assetNodeOrError: object }>(
      `query Stub($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
        kinds storageAddress { storageKind tableName } assetsForSameStorageAddress { assetKey { path } }
      } } }`,
      { key: { path: ["wh", "sales", "people"] } },
    );
    expect(stub).toEqual({
      kinds: ["snowflake", "table"],
      storageAddress: { storageKind: "snowflake", tableName: "wh.sales.people" },
      assetsForSameStorageAddress: [{ assetKey: { path: ["people", "of", "dbt"] } }],
    });
  }, 120_000);

  it("that the manifest matches are the dbt assets, which are upstream of the workbooks", async () => {
    const manifest = join(mkdtempSync(join(tmpdir(), "dagster-sigma-dbt-")), "manifest.json");
    const orders = {
      unique_id: "model.p.fct_orders",
      resource_type: "model",
      name: "fct_orders",
      relation_name: '"HARBOR"."SALES"."ORDERS"',
      config: { schema: "sales_marts" },
    };
    writeFileSync(
      manifest,
      JSON.stringify({ metadata: {}, nodes: { "model.p.fct_orders": orders }, sources: {} }),
    );
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization(sandbox), {
      upstream: [dbtManifest(manifest)],
    });
    const dbt = new AssetSpec({
      key: ["sales_marts", "fct_orders"],
      description: "one row an order",
      kinds: ["dbt"],
      deps: [["sales", "stg_orders"]],
    });
    const dagster = await start(specs, [dbt]);
    const assets = new Map(
      (await shownAssets(dagster)).map((asset) => [asset.assetKey.path.join("/"), asset]),
    );
    expect(assets.get("sales_marts/fct_orders")).toMatchObject({
      description: "one row an order",
      kinds: ["dbt"],
      dependencyKeys: [{ path: ["sales", "stg_orders"] }],
    });
    const below = new Set(keysOf(assets.get("sales_marts/fct_orders")?.["dependedByKeys"]));
    for (const key of below) for (const next of keysOf(assets.get(key)?.["dependedByKeys"])) below.add(next);
    const workbooks = [...below].filter((key) => kindsOf(assets.get(key)).includes("workbook"));
    expect(workbooks.length).toBeGreaterThan(3);
    expect(assets.has("harbor/sales/orders")).toBe(false);
  }, 120_000);
});

/** A Dagster with our specs and a Python location. */
async function start(ours: readonly AssetSpec[], theirs: readonly AssetSpec[]): Promise<RunningDagster> {
  const outlet = codeLocationOutlet(hostFeatures("1.13"));
  const source = createStaticDefinitionsSource(new Definitions({ assets: ours }), outlet);
  const location = await startCodeLocation({ source });
  onTestFinished(() => location.close());
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-specs-")), "specs.json");
  writeFileSync(file, specsJson(theirs));
  const dagster = await startDagster({
    python,
    locations: [
      { name: "ours", port: location.port },
      { name: "theirs", pythonFile: specLocation },
    ],
    env: { SPECS: file },
  });
  onTestFinished(() => dagster.close());
  return dagster;
}

function keysOf(keys: unknown): readonly string[] {
  return ((keys ?? []) as readonly { readonly path: readonly string[] }[]).map(({ path }) => path.join("/"));
}

function kindsOf(asset: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return (asset?.["kinds"] ?? []) as readonly string[];
}
