import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetKey, AssetSpec } from "@dagster-sigma/asset-graph";
import { OrganizationBuilder, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  dagsterInstance,
  dbtManifest,
  explicitMap,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  saveSigmaSnapshot,
  tableName,
  UpstreamError,
  type UpstreamMatcher,
  type UpstreamTable,
} from "../../../src/index.ts";

/** A workbook with two tables, one of them with only two name parts. */
async function start(): Promise<Sandbox> {
  const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
  const owner = company.member("Ada B", "ada@acme.example");
  const snowflake = company.connection("Warehouse", "snowflake", owner);
  const redshift = company.connection("Red", "redshift", owner);
  const orders = company.table(snowflake, "ANALYTICS.SALES.ORDERS", { ID: "integer" });
  const clicks = company.table(redshift, "web.clicks", { id: "integer" });
  company.workbook("Sales", "Book", { owner }, (book) => {
    book.page("Page").table("Orders", { from: orders, columns: ["Id"] });
    book.page("Page 2").table("Clicks", { from: clicks, columns: ["Id"] });
  });
  const sandbox = await startSandbox({ organization: company.build() });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function load(
  upstream: readonly UpstreamMatcher[],
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<{ readonly deps: readonly string[]; readonly sigma: SigmaOrganization }> {
  const sigma = new SigmaOrganization(await start());
  const specs = await loadSigmaAssetSpecs(sigma, { upstream, ...options });
  const book = specs.find(({ key }) => key.toUserString() === "Book");
  return { sigma, deps: (book?.deps ?? []).map(({ assetKey }) => assetKey.toUserString()).sort() };
}

const manifest = (nodes: readonly object[], sources: readonly object[] = []): string => {
  const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-upstream-")), "manifest.json");
  const byId = (rows: readonly object[]): object =>
    Object.fromEntries(rows.map((row, index) => [`n${index}`, { unique_id: `n${index}`, ...row }]));
  writeFileSync(
    file,
    JSON.stringify({ metadata: { adapter_type: "snowflake" }, nodes: byId(nodes), sources: byId(sources) }),
  );
  return file;
};

const model = (name: string, relation: string, more: object = {}): object => ({
  resource_type: "model",
  name,
  relation_name: relation,
  config: {},
  ...more,
});

describe("matching tables with upstream assets", () => {
  it("keeps default keys without a match, with one diagnostic", async () => {
    const { deps, sigma } = await load([explicitMap({ "other.s.t": "x" })]);
    expect(deps).toEqual(["analytics/sales/orders", "web/clicks"]);
    const [report] = sigma.loadReports;
    const unmatched = report?.diagnostics.filter(({ code }) => code === "UPSTREAM_UNMATCHED");
    expect(unmatched?.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^2 of 2 tables match no upstream asset: .*web\.clicks/),
    ]);
    expect(report?.matches.map(({ table, matchedBy }) => `${table} ${matchedBy}`).sort()).toEqual([
      "analytics.sales.orders null",
      "web.clicks null",
    ]);
  });

  it("uses an explicit map, case-insensitively, with unambiguous short names", async () => {
    const map = explicitMap({ "analytics.Sales.orders": ["marts", "orders"], clicks: "clicks" });
    const { deps, sigma } = await load([map]);
    expect(deps).toEqual(["clicks", "marts/orders"]);
    expect(sigma.loadReports[0]?.diagnostics).toEqual([]);
  });

  it("uses the first matcher that finds exactly one asset", async () => {
    const first = explicitMap({ "sales.orders": "one", "a.sales.orders": "two", clicks: "clicks" });
    const { deps } = await load([first, explicitMap({ orders: "second", clicks: "late" })]);
    expect(deps).toEqual(["clicks", "one"].sort());
  });

  it("reports a table that matches several assets, and keeps its key", async () => {
    const assets = ["p.web.clicks", "q.web.clicks"].map(
      (name, index) => new AssetSpec({ key: `a${index}`, metadata: { "dagster/table_name": name } }),
    );
    const { deps, sigma } = await load([tableName(assets)]);
    expect(deps).toContain("web/clicks");
    const ambiguous = sigma.loadReports[0]?.diagnostics.filter(({ code }) => code === "UPSTREAM_AMBIGUOUS");
    expect(ambiguous).toHaveLength(1);
    expect(ambiguous?.[0]?.message).toContain('"a0", "a1"');
    expect(ambiguous?.[0]?.object).toEqual({
      type: "table",
      id: "web.clicks",
      name: "web.clicks",
      url: null,
    });
  });

  it("asks a matcher made by hand with the path, connection and platform of each table", async () => {
    const asked: UpstreamTable[] = [];
    const match = (table: UpstreamTable): readonly AssetKey[] => {
      asked.push(table);
      // One asset, although it is named twice.
      return table.connectionName === "Red" ? [new AssetKey("red"), new AssetKey("red")] : [];
    };
    const { deps } = await load([{ name: "mine", load: () => ({ name: "mine", match }) }]);
    expect(deps).toEqual(["analytics/sales/orders", "red"]);
    expect(asked).toEqual(
      expect.arrayContaining([
        { path: ["ANALYTICS", "SALES", "ORDERS"], connectionName: "Warehouse", storageKind: "snowflake" },
        { path: ["web", "clicks"], connectionName: "Red", storageKind: "redshift" },
      ]),
    );
  });

  it("uses the dagster/table_name of other assets", async () => {
    const asset = new AssetSpec({
      key: ["warehouse", "orders"],
      metadata: { "dagster/table_name": "analytics.sales.orders" },
    });
    expect((await load([tableName([asset])])).deps).toContain("warehouse/orders");
  });

  it("changes the key in column lineage, too", async () => {
    const sigma = new SigmaOrganization(await start());
    const specs = await loadSigmaAssetSpecs(sigma, {
      upstream: [explicitMap({ orders: ["marts", "orders"] })],
      workbookColumns: true,
    });
    const lineage = specs[0]?.metadata["dagster/column_lineage"];
    expect(lineage?.type === "table_column_lineage" && JSON.stringify(lineage.value)).toContain(
      '"columnName":"ID"',
    );
    expect(JSON.stringify(lineage)).toContain('["marts","orders"]');
  });
});

describe("dbtManifest", () => {
  const relation = '"ANALYTICS"."SALES"."ORDERS"';

  it.each<[string, string, readonly object[], readonly object[]]>([
    ["a model", "orders", [model("orders", relation)], []],
    ["a configured schema", "marts/orders", [model("orders", relation, { config: { schema: "marts" } })], []],
    ["a version", "orders_v2", [model("orders", relation, { version: 2, alias: "orders_v2" })], []],
    [
      "a key in the configuration",
      "a/b",
      [model("orders", relation, { config: { schema: "s", meta: { dagster: { asset_key: ["a", "b"] } } } })],
      [],
    ],
    ["a key in the meta", "c", [model("orders", relation, { meta: { dagster: { asset_key: ["c"] } } })], []],
    [
      "a source",
      "raw/orders_raw",
      [],
      [{ resource_type: "source", source_name: "raw", name: "orders_raw", relation_name: relation }],
    ],
    ["a seed", "orders", [model("orders", "analytics.sales.orders", { resource_type: "seed" })], []],
  ])("uses the key of dagster-dbt: %s", async (_what, key, nodes, sources) => {
    expect((await load([dbtManifest(manifest(nodes, sources))])).deps).toContain(key);
  });

  it("ignores nodes without a table: tests and ephemeral models", async () => {
    const file = manifest([
      { resource_type: "test", name: "t", relation_name: relation },
      { resource_type: "model", name: "e", relation_name: null },
    ]);
    expect((await load([dbtManifest(file)])).deps).toContain("analytics/sales/orders");
  });

  it("accepts a prefix, or custom keys", async () => {
    const file = manifest([model("orders", relation)]);
    expect((await load([dbtManifest(file, { keyPrefix: ["dwh", "dbt"] })])).deps).toContain("dwh/dbt/orders");
    const own = dbtManifest(file, { key: ({ resourceType, name }) => [resourceType, name] });
    expect((await load([own])).deps).toContain("model/orders");
  });

  it("matches a name with two parts with a relation with three", async () => {
    const file = manifest([model("clicks", '"dev"."web"."clicks"')]);
    expect((await load([dbtManifest(file)])).deps).toContain("clicks");
  });

  it.each([["{"], ["[]"], ["{}"]])("throws a clear error for an invalid manifest (%s)", async (text) => {
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-upstream-")), "manifest.json");
    writeFileSync(file, text);
    await expect(load([dbtManifest(file)])).rejects.toMatchObject({ code: "DBT_MANIFEST_UNREADABLE" });
  });
});

describe("dagsterInstance", () => {
  async function startDagster(answer: unknown, status = 200): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers["dagster-cloud-api-token"] ?? ""}`);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  const node = (path: readonly string[], entries: readonly object[]): object => ({
    assetKey: { path },
    metadataEntries: entries,
  });

  it("queries Dagster once, and stores the result in the snapshot", async () => {
    const { url, asked } = await startDagster({
      data: {
        assetNodes: [
          node(["marts", "orders"], [{ label: "dagster/table_name", text: "analytics.sales.orders" }]),
          node(["web", "clicks"], [{ label: "dagster/auto_created_stub_asset", boolValue: true }]),
        ],
      },
    });
    const upstream = [dagsterInstance(url, { token: "t0ken" })];
    const sigma = new SigmaOrganization(await start());
    const file = join(mkdtempSync(join(tmpdir(), "dagster-sigma-upstream-")), "sigma.ndjson");
    await saveSigmaSnapshot(sigma, file, { upstream });
    const specs = await loadSigmaAssetSpecs(sigma, { upstream, snapshotPath: file });
    expect(specs[0]?.deps.map(({ assetKey }) => assetKey.toUserString())).toContain("marts/orders");
    expect(asked).toEqual(["POST /graphql t0ken"]);
    const unmatched = sigma.loadReports.at(-1)?.matches.filter(({ matchedBy }) => matchedBy === null);
    expect(unmatched?.map(({ table }) => table)).toEqual(["web.clicks"]);
  });

  it("accepts the URL of the GraphQL API, also with a path prefix", async () => {
    const { url, asked } = await startDagster({ data: { assetNodes: [] } });
    await load([dagsterInstance(`${url}/prod/graphql`)]);
    expect(asked).toEqual(["POST /prod/graphql "]);
  });

  it.each([
    ["answers without data", { errors: [] }, 200],
    ["answers with an error", { errors: [{ message: "no t0ken" }] }, 200],
    ["refuses", {}, 401],
    ["redirects", {}, 302],
  ])("reports a diagnostic for a Dagster that %s", async (_what, answer, status) => {
    const { url, asked } = await startDagster(answer, status);
    const { deps, sigma } = await load([dagsterInstance(url, { token: "t0ken" })]);
    expect(deps).toEqual(["analytics/sales/orders", "web/clicks"]);
    const { diagnostics = [] } = sigma.loadReports[0] ?? {};
    const messages = diagnostics.flatMap(({ code, message }) =>
      code === "UPSTREAM_UNAVAILABLE" ? [message] : [],
    );
    expect(messages).toEqual([expect.stringContaining(`at ${url}/graphql (it `)]);
    expect(messages[0]).not.toContain("t0ken");
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["with a password", "http://ada:t0ken@127.0.0.1:1"],
    ["that is none", "127.0.0.1:3000"],
  ])("reports a diagnostic for a URL %s", async (_what, url) => {
    const { sigma } = await load([dagsterInstance(url)]);
    const found = sigma.loadReports[0]?.diagnostics.find(({ code }) => code === "UPSTREAM_UNAVAILABLE");
    expect(found?.message).toContain("at its URL (it ");
    expect(found?.message).not.toContain("t0ken");
  });

  it("fails with UPSTREAM_UNREACHABLE and the client's error as its cause", async () => {
    const { url } = await startDagster({}, 401);
    const answer = dagsterInstance(url).ask?.(new AbortController().signal);
    await expect(answer).rejects.toBeInstanceOf(UpstreamError);
    await expect(answer).rejects.toMatchObject({
      code: "UPSTREAM_UNREACHABLE",
      message: `The assets of Dagster could not be fetched at ${url}/graphql (it answered 401).`,
      cause: { code: "DAGSTER_REFUSED", status: 401 },
    });
  });
});
