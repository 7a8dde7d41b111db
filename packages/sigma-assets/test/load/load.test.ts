import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { type AssetSpec, Definitions, EnvVar } from "@dagster-sigma/asset-graph";
import {
  buildSampleCompany,
  type FaultRule,
  OrganizationBuilder,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  type SigmaOrganizationOptions,
  saveSigmaSnapshot,
} from "../../src/index.ts";

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ organization: buildSampleCompany(), ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function organizationOf(
  sandbox: Sandbox,
  options: Partial<SigmaOrganizationOptions> = {},
): SigmaOrganization {
  const { baseUrl, clientId, clientSecret } = sandbox;
  return new SigmaOrganization({
    baseUrl,
    clientId,
    clientSecret,
    retryLimits: { baseDelayMs: 1 },
    ...options,
  });
}

async function load(
  sandbox: Sandbox,
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<{ specs: readonly AssetSpec[]; codes: readonly string[] }> {
  const organization = organizationOf(sandbox);
  const specs = await loadSigmaAssetSpecs(organization, options);
  return {
    specs,
    codes: organization.loadReports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)),
  };
}

const keysOf = (specs: readonly AssetSpec[]): readonly string[] => specs.map(({ key }) => key.toUserString());
const depsOf = (specs: readonly AssetSpec[], key: string): readonly string[] =>
  (specs.find((spec) => spec.key.toUserString() === key)?.deps ?? [])
    .map(({ assetKey }) => assetKey.toUserString())
    .sort();
const kindOf = (specs: readonly AssetSpec[], kind: string): readonly AssetSpec[] =>
  specs.filter(({ kinds }) => kinds.includes(kind));

/** The comparable parts of specs from two loads. */
const essence = (specs: readonly AssetSpec[]): unknown => specs.map(({ origin: _origin, ...spec }) => spec);

const missing = (route: string): FaultRule => ({
  route,
  fault: { kind: "status", status: 404, code: "not_found", headers: { errorcause: "UnmatchedHandler" } },
});

describe("a load of the sample company", () => {
  it("returns workbooks, data models and datasets with dependencies", async () => {
    const { specs, codes } = await load(await start());
    expect([
      kindOf(specs, "workbook").length,
      kindOf(specs, "data_model").length,
      kindOf(specs, "dataset").length,
    ]).toEqual([36, 9, 6]);
    expect(depsOf(specs, "Sales")).toEqual([
      "Products",
      "harbor/sales/order_lines",
      "harbor/sales/orders",
      "harbor/sales/refunds",
    ]);
    expect(depsOf(specs, "Company_Pulse")).toEqual(["Customers_814c6c72", "Ledger", "Sales"]);
    expect(depsOf(specs, "Green_Coffee_Buying")).toEqual([
      "harbor/catalog/suppliers",
      "harbor/roastery/green_lots",
    ]);
    expect(depsOf(specs, "Customers")).toEqual(["Orders_Dataset", "harbor/crm/customers"]);
    expect(specs.find(({ key }) => key.toUserString() === "Roast_Log")?.owners).toEqual([
      "chiyo.tanaka@harborcoffee.example",
    ]);
    expect([...new Set(codes)]).toEqual(["DATASET_SOURCES_INFERRED", "KEY_COLLISION", "OWNER_INVALID"]);
    expect(() => new Definitions({ assets: specs })).not.toThrow();
  });

  it("makes three calls per workbook and data model, one per dataset, and few others", async () => {
    const sandbox = await start();
    await load(sandbox);
    const { counts, requests } = sandbox.log;
    expect(counts["GET /v2/workbooks/{workbookId}/lineage"]).toBe(36);
    expect(counts["GET /v2/workbooks/{workbookId}/columns"]).toBe(36);
    // The personal data model is fetched by id; the rest are the listings, the token and unresolved details.
    expect(requests.length).toBeLessThanOrEqual((36 + 9) * 3 + 6 + 1 + 10);
    expect(counts["GET /v2/workbooks/{workbookId}/sources"]).toBe(1);
  });

  it("returns the same for any page size", async () => {
    const whole = await load(await start());
    const paged = await load(await start({ maxPageSize: 3 }));
    expect(essence(paged.specs)).toEqual(essence(whole.specs));
    expect(paged.codes).toEqual(whole.codes);
  });

  it("reports its progress, and counts its requests", async () => {
    const sandbox = await start();
    const organization = organizationOf(sandbox);
    const stages: string[] = [];
    await loadSigmaAssetSpecs(organization, {
      onProgress: ({ stage, done, total }) => stages.push(`${stage} ${done}/${total}`),
    });
    expect(stages).toContain("workbooks 0/36");
    expect(stages).toContain("workbooks 36/36");
    expect(stages).toContain("datasets 6/6");
    expect(organization.loadReports[0]?.requests).toBe(sandbox.log.requests.length);
  });
});

describe("load options", () => {
  it("filter by folder and workbook, and exclude unused datasets", async () => {
    const sandbox = await start();
    const sigmaFilter = {
      workbookFolders: [["Sales"]],
      workbooks: [["Finance", "Close", "Budget vs Actual"]],
      includeUnusedDatasets: false,
    };
    const { specs, codes } = await load(sandbox, { sigmaFilter });
    expect(kindOf(specs, "workbook")).toHaveLength(10);
    expect(keysOf(specs)).not.toContain("Pipeline");
    expect(keysOf(kindOf(specs, "dataset"))).toEqual(
      expect.arrayContaining(["Budget_vs_Actual", "Customers", "Orders_Dataset"]),
    );
    expect(kindOf(specs, "dataset")).toHaveLength(3);
    expect([...keysOf(kindOf(specs, "data_model"))].sort()).toEqual(["Products", "Sales"]);
    expect(codes).not.toContain("FILTER_MATCHED_NOTHING");
    expect(sandbox.log.counts["GET /v2/workbooks/{workbookId}/lineage"]).toBe(10);
    expect(sandbox.log.counts["GET /v2/datasets/{datasetId}/sources"]).toBe(3);
  });

  it("report a path that matches nothing", async () => {
    const { specs, codes } = await load(await start(), { sigmaFilter: { workbookFolders: [["Slaes"]] } });
    expect(kindOf(specs, "workbook")).toEqual([]);
    expect(codes).toContain("FILTER_MATCHED_NOTHING");
  });

  it("turn off lineage and columns", async () => {
    const sandbox = await start();
    const { specs } = await load(sandbox, { fetchColumnData: false, fetchLineageData: false });
    expect(specs.flatMap(({ deps }) => deps)).toEqual([]);
    expect(specs.some(({ metadata }) => "dagster/column_schema" in metadata)).toBe(false);
    expect(sandbox.log.requests.length).toBeLessThan(8);
  });

  it("cancel the load with a signal", async () => {
    const sandbox = await start({ delayMs: 5 });
    const controller = new AbortController();
    const loading = loadSigmaAssetSpecs(organizationOf(sandbox), {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 3) controller.abort(new Error("enough"));
      },
    });
    await expect(loading).rejects.toThrow("enough");
    const asked = sandbox.log.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(sandbox.log.requests.length - asked).toBeLessThanOrEqual(5);
  });
});

describe("several organizations", () => {
  it("form one graph, with prefixes for equal names", async () => {
    const [sales, marketing] = [await start(), await start()];
    const prefixed = async (sandbox: Sandbox, prefix: string): Promise<Definitions> =>
      new Definitions({
        assets: await loadSigmaAssetSpecs(organizationOf(sandbox), {
          dagsterSigmaTranslator: (spec) => spec.with({ key: spec.key.withPrefix(prefix) }),
        }),
      });
    const merged = Definitions.merge(await prefixed(sales, "sales"), await prefixed(marketing, "marketing"));
    expect(merged.assets).toHaveLength(102);
    expect(merged.loadReports.map(({ source }) => source)).toEqual([sales.baseUrl, marketing.baseUrl]);
    const plain = async (): Promise<Definitions> =>
      Definitions.merge(
        new Definitions({ assets: await loadSigmaAssetSpecs(organizationOf(sales)) }),
        new Definitions({ assets: await loadSigmaAssetSpecs(organizationOf(marketing)) }),
      );
    await expect(plain()).rejects.toThrow(
      /defined twice: by the Sigma workbook ".*" \(https.*, and by the Sigma workbook/,
    );
  });
});

describe("an organization with older routes", () => {
  it("gives the same graph from sources, without lineage of whole documents", async () => {
    const expected = await load(await start());
    const sandbox = await start();
    sandbox.faults.add(missing("/v2/workbooks/{workbookId}/lineage"));
    sandbox.faults.add(missing("/v2/dataModels/{dataModelId}/lineage"));
    const { specs } = await load(sandbox);
    for (const key of keysOf(expected.specs)) {
      // Sources do not identify the element that reads the archived dataset, whose SQL contains its table.
      const deps = key === "Promotions_2023" ? [] : depsOf(expected.specs, key);
      expect(depsOf(specs, key)).toEqual(deps);
    }
    expect(sandbox.log.counts["GET /v2/workbooks/{workbookId}/lineage"]).toBe(1);
    expect(sandbox.log.counts["GET /v2/dataModels/{dataModelId}/lineage"]).toBe(1);
  });

  it("gives the same graph from elements, without any of the newer routes", async () => {
    const expected = await load(await start());
    const sandbox = await start();
    for (const part of ["lineage", "sources", "elements", "columns"]) {
      sandbox.faults.add(missing(`/v2/workbooks/{workbookId}/${part}`));
    }
    const { specs, codes } = await load(sandbox);
    for (const key of keysOf(expected.specs)) {
      expect(depsOf(specs, key)).toEqual(depsOf(expected.specs, key));
    }
    expect(codes).not.toContain("CUSTOM_SQL_WITHOUT_TEXT");
    const orders = specs.find(({ key }) => key.toUserString() === "Orders_Dataset");
    expect(orders?.metadata["dagster/column_schema"]).toEqual(
      expected.specs.find(({ key }) => key.toUserString() === "Orders_Dataset")?.metadata[
        "dagster/column_schema"
      ],
    );
    expect(codes).not.toContain("LINEAGE_UNAVAILABLE");
  });
});

describe("a failed call", () => {
  const forbidden = { kind: "status", status: 403, code: "forbidden" } as const;
  const workbookId = buildSampleCompany().workbooks.find(({ name }) => name === "Orders Explorer")?.id ?? "";

  it.each<[string, FaultRule, string]>([
    [
      "the lineage of a workbook",
      { route: "/v2/workbooks/{workbookId}/lineage", path: workbookId, fault: forbidden },
      "LINEAGE_FROM_OTHER_ROUTE",
    ],
    [
      "everything about the lineage of a workbook",
      { path: workbookId, fault: forbidden },
      "LINEAGE_UNAVAILABLE",
    ],
    [
      "the columns of a workbook",
      { route: "/v2/workbooks/{workbookId}/columns", path: workbookId, fault: forbidden },
      "COLUMNS_UNAVAILABLE",
    ],
    ["the paths", { route: "/v2/connections/paths", fault: forbidden }, "CONNECTION_PATHS_UNAVAILABLE"],
    ["the connections", { route: "/v2/connections", fault: forbidden }, "CONNECTIONS_UNAVAILABLE"],
    ["the members", { route: "/v2/members", fault: forbidden }, "MEMBERS_UNAVAILABLE"],
    ["whose credentials they are", { route: "/v2/whoami", fault: forbidden }, "ORGANIZATION_UNKNOWN"],
    ["datasets that are forbidden", { route: "/v2/datasets", fault: forbidden }, "DATASETS_UNAVAILABLE"],
    [
      "datasets that are gone",
      { route: "/v2/datasets", fault: { ...forbidden, status: 410 } },
      "DATASETS_UNAVAILABLE",
    ],
    ["data models that were never there", missing("/v2/dataModels"), "DATA_MODELS_UNAVAILABLE"],
  ])("for %s causes a diagnostic, and every workbook remains", async (_what, rule, code) => {
    const sandbox = await start();
    sandbox.faults.add(rule);
    const { specs, codes } = await load(sandbox);
    expect(codes).toContain(code);
    expect(kindOf(specs, "workbook")).toHaveLength(36);
    expect(() => new Definitions({ assets: specs })).not.toThrow();
  });

  it.each(["/v2/workbooks", "/v2/dataModels", "/v2/datasets"])(
    "for the listing of %s fails the load",
    async (route) => {
      const sandbox = await start();
      sandbox.faults.add({ route, fault: { kind: "status", status: 503 } });
      await expect(load(sandbox)).rejects.toMatchObject({ code: "SIGMA_SERVER", endpoint: `GET ${route}` });
    },
  );

  it("for the tables, on every route, causes a diagnostic, and every workbook remains", async () => {
    const sandbox = await start();
    sandbox.faults.add({ route: "/v2/connections/paths", fault: forbidden });
    sandbox.faults.add({ route: "/v2/files", fault: forbidden });
    sandbox.faults.add({ path: "/v2/connections/paths/", fault: forbidden });
    sandbox.faults.add({ path: "/v2/files/", fault: forbidden });
    const { specs, codes } = await load(sandbox);
    expect(codes).toEqual(
      expect.arrayContaining(["CONNECTION_PATHS_UNAVAILABLE", "TABLES_UNAVAILABLE", "TABLE_NOT_LISTED"]),
    );
    expect(kindOf(specs, "workbook")).toHaveLength(36);
    expect(depsOf(specs, "Company_Pulse")).toEqual(["Customers_814c6c72", "Ledger", "Sales"]);
  });

  it("for lineage fails the load with warnOnLineageFetchError: false", async () => {
    const sandbox = await start();
    sandbox.faults.add({ route: "/v2/workbooks/{workbookId}/lineage", path: workbookId, fault: forbidden });
    const strict = organizationOf(sandbox, { warnOnLineageFetchError: false });
    await expect(loadSigmaAssetSpecs(strict)).rejects.toMatchObject({ code: "SIGMA_PERMISSION" });
  });
});

describe("a snapshot", () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), "dagster-sigma-load-"));

  it("loads the same assets without any request, also with a filter", async () => {
    const sandbox = await start();
    const file = join(folder(), "sigma.ndjson");
    await saveSigmaSnapshot(organizationOf(sandbox), file);
    const sigmaFilter = { workbookFolders: [["Sales"]], includeUnusedDatasets: false };
    const [all, part] = [await load(sandbox), await load(sandbox, { sigmaFilter })];
    sandbox.log.clear();
    const fromFile = await load(sandbox, { snapshotPath: file });
    expect(essence(fromFile.specs)).toEqual(essence(all.specs));
    expect(fromFile.codes).toEqual(all.codes);
    expect(essence((await load(sandbox, { snapshotPath: file, sigmaFilter })).specs)).toEqual(
      essence(part.specs),
    );
    const bare = await load(sandbox, { snapshotPath: file, fetchLineageData: false, fetchColumnData: false });
    expect(bare.specs.flatMap(({ deps }) => deps)).toEqual([]);
    expect(sandbox.log.requests).toEqual([]);
  });

  it("needs no credentials, and accepts a path from a variable", async () => {
    const sandbox = await start();
    const file = join(folder(), "sigma.ndjson");
    await saveSigmaSnapshot(organizationOf(sandbox), file);
    vi.stubEnv("SNAPSHOT_FOR_TEST", file);
    onTestFinished(() => void vi.unstubAllEnvs());
    const organization = new SigmaOrganization({
      baseUrl: EnvVar("A"),
      clientId: EnvVar("B"),
      clientSecret: EnvVar("C"),
    });
    await expect(
      loadSigmaAssetSpecs(organization, { snapshotPath: EnvVar("SNAPSHOT_FOR_TEST") }),
    ).resolves.toHaveLength(51);
    await expect(loadSigmaAssetSpecs(organization)).rejects.toMatchObject({ code: "ENV_VAR_MISSING" });
  });

  it("is written by a load while snapshots are generated", async () => {
    const sandbox = await start();
    const file = join(folder(), "sigma.ndjson");
    vi.stubEnv("DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT", "1");
    onTestFinished(() => void vi.unstubAllEnvs());
    await load(sandbox, { snapshotPath: file });
    vi.unstubAllEnvs();
    await expect(load(sandbox, { snapshotPath: file })).resolves.toMatchObject({ specs: { length: 51 } });
  });

  it("contains no secret, and no e-mail address from a SQL comment", async () => {
    const company = new OrganizationBuilder({ slug: "acme", name: "Acme" });
    const owner = company.member("Ada B", "ada@acme.example");
    const warehouse = company.connection("W", "snowflake", owner);
    const table = company.table(warehouse, "DB.S.T", { ID: "integer" });
    company.workbook("P", "Book", { owner }, (book) => {
      const definition = 'select * from DB.S.T\n-- Sigma Σ {"request-id":"1","email":"someone@acme.example"}';
      const sql = book
        .page("1")
        .sql(
          warehouse,
          definition,
          [table],
          [{ output: { name: "ID", type: "integer" }, from: [[table, "ID"]] }],
        );
      book.table("T", { from: sql, columns: ["Id"] });
    });
    const sandbox = await start({ organization: company.build(), clientSecret: "very-s3cret" });
    const file = join(folder(), "sigma.ndjson");
    const organization = organizationOf(sandbox);
    await saveSigmaSnapshot(organization, file);
    const text = readFileSync(file, "utf8");
    expect(text).toContain("select * from DB.S.T");
    expect(text).not.toMatch(/very-s3cret|someone@acme|Bearer/);
    expect(inspect(organization, { depth: 10 })).not.toContain("very-s3cret");
  });
});
