import {
  type AssetExecutionContext,
  AssetSpec,
  Definitions,
  type Resources,
} from "@dagster-sigma/asset-graph";
import { silentLogger } from "@dagster-sigma/foundation";
import { describe, expect, it } from "vitest";
import {
  buildMaterializeAsset,
  buildMaterializeWorkbookAssetsDefinition,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
} from "../../src/index.ts";
import { startScheduledCompany, startsBySheet } from "./scheduled-company.ts";

const quick = { firstPollMs: 2, maxPollMs: 10 };

function contextOf(
  spec: AssetSpec,
  more: { readonly resources?: Resources; readonly signal?: AbortSignal; readonly logged?: string[] } = {},
): AssetExecutionContext {
  const log = (message: string): void => void more.logged?.push(message);
  return {
    assetKey: spec.key,
    config: {},
    resources: more.resources ?? {},
    signal: more.signal ?? new AbortController().signal,
    log: { ...silentLogger, info: log, warn: log },
  };
}

describe("the option materialize", () => {
  async function load(options: LoadSigmaAssetSpecsOptions) {
    const company = await startScheduledCompany({ workbooks: [2, 0, 0], dataModels: [1] });
    return { ...company, specs: await loadSigmaAssetSpecs(company.sigma, options) };
  }

  it("is off by default: no asset is executable, and no schedule is fetched", async () => {
    const { specs, sandbox } = await load({});
    expect(specs.every(({ execution }) => execution === null)).toBe(true);
    expect(Object.keys(sandbox.log.counts).filter((route) => /schedule/i.test(route))).toEqual([]);
  });

  it("makes documents with schedules executable, and counts the others in one note", async () => {
    const { specs, sigma } = await load({ materialize: true });
    const executable = specs
      .filter(({ execution }) => execution !== null)
      .map(({ key }) => key.toUserString());
    expect(executable.sort()).toEqual(["Model_1", "Workbook_1"]);
    expect(sigma.loadReports[0]?.notes).toEqual([
      "2 documents have no materialization schedule in Sigma, and their assets stay external.",
    ]);
  });

  it("takes a function that selects documents; the others are not counted", async () => {
    const { specs, sigma } = await load({ materialize: ({ type }) => type === "dataModel" });
    expect(specs.filter(({ execution }) => execution !== null)).toHaveLength(1);
    expect(sigma.loadReports[0]?.notes).toEqual([]);
  });

  it("keeps an execution that the translator set", async () => {
    const own = { description: "runs elsewhere", materialize: () => Promise.reject(new Error("unused")) };
    const { specs } = await load({
      materialize: true,
      dagsterSigmaTranslator: (spec) => spec.with({ execution: own }),
    });
    expect(specs.every(({ execution }) => execution === own)).toBe(true);
  });

  it("survives copies of the spec, and is visible in the assets JSON only as a flag", async () => {
    const { specs } = await load({ materialize: true });
    const [spec] = specs;
    expect(spec?.with({ description: "x" }).execution).toBe(spec?.execution);
    expect(spec?.mergeAttributes({ tags: { a: "b" } }).execution).toBe(spec?.execution);
    expect(
      new Definitions({ assets: specs }).assetGraph.get(spec?.key ?? new AssetSpec({ key: "x" }).key),
    ).toBeDefined();
  });

  it("makes an element of a data model executable as an asset of its own", async () => {
    const company = await startScheduledCompany({ workbooks: [0], dataModels: [2] });
    const specs = await loadSigmaAssetSpecs(company.sigma, {
      materialize: true,
      materializeOptions: quick,
      dataModelGranularity: "element",
    });
    const executable = specs.filter(({ execution }) => execution !== null);
    expect(executable).toHaveLength(2);
    const [spec] = executable;
    await spec?.execution?.materialize(contextOf(spec));
    expect(company.sandbox.materializations.started.map(({ sheetId }) => sheetId)).toEqual([
      company.organization.dataModels[0]?.content.schedules[0]?.element.sheetId,
    ]);
  });
});

describe("an execution", () => {
  it("returns link, version, duration, a table of the sheets, and the data version", async () => {
    const { sigma, sandbox } = await startScheduledCompany();
    const [spec] = await loadSigmaAssetSpecs(sigma, { materialize: true });
    if (spec === undefined) throw new Error("One workbook.");
    const quicker = buildMaterializeAsset({ spec, organization: sigma, ...quick });
    const logged: string[] = [];
    const result = await quicker.execution?.materialize(contextOf(spec, { logged }));
    expect(result?.dataVersion).toMatch(/^[0-9a-f]{16}$/);
    expect(result?.metadata["dagster_sigma/web_url"]).toMatchObject({ type: "url" });
    expect(result?.metadata["dagster_sigma/version"]).toMatchObject({ type: "int" });
    expect(result?.metadata["dagster_sigma/runtime_seconds"]).toMatchObject({ type: "float" });
    expect(result?.metadata["dagster_sigma/sheets"]).toMatchObject({
      type: "table",
      value: {
        records: [
          { element: "Sheet 1", status: "ready" },
          { element: "Sheet 2", status: "ready" },
        ],
      },
    });
    expect(logged.filter((message) => message === "element is materialized")).toHaveLength(2);
    expect(startsBySheet(sandbox)).toEqual([1, 1]);
  });

  it("fails with Sigma's words, and says which elements were materialized", async () => {
    const { sigma, sandbox, workbook } = await startScheduledCompany();
    sandbox.materializations.addRule({ times: 1, endsAs: "failed", error: "Warehouse suspended" });
    const spec = buildMaterializeAsset({
      spec: { key: "x" },
      organization: sigma,
      document: workbook,
      ...quick,
    });
    await expect(spec.execution?.materialize(contextOf(spec))).rejects.toMatchObject({
      code: "MATERIALIZATION_NOT_READY",
      message: expect.stringMatching(/Warehouse suspended.*Materialized: "Sheet [12]"\./),
    });
  });

  it("ends at once when the run is terminated", async () => {
    const { sigma, sandbox, workbook } = await startScheduledCompany();
    sandbox.materializations.addRule({ durationMs: Number.POSITIVE_INFINITY });
    const spec = buildMaterializeAsset({ spec: { key: "x" }, organization: sigma, document: workbook });
    const stop = new AbortController();
    const reason = new Error("terminated");
    const run = spec.execution?.materialize(contextOf(spec, { signal: stop.signal }));
    setTimeout(() => stop.abort(reason), 100);
    const begun = performance.now();
    await expect(run).rejects.toBe(reason);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  it("shares one sign-in with others that run at the same time", async () => {
    const { sigma, sandbox, workbook } = await startScheduledCompany();
    const specs = ["a", "b", "c"].map((key) =>
      buildMaterializeAsset({ spec: { key }, organization: sigma, document: workbook, ...quick }),
    );
    await Promise.all(specs.map((spec) => spec.execution?.materialize(contextOf(spec))));
    expect(sandbox.log.counts["POST /v2/auth/token"]).toBe(1);
  });
});

describe("buildMaterializeWorkbookAssetsDefinition", () => {
  it("finds the organization by the name of the resource", async () => {
    const { sigma, sandbox } = await startScheduledCompany({ workbooks: [1] });
    const [spec] = await loadSigmaAssetSpecs(sigma);
    const asset = buildMaterializeWorkbookAssetsDefinition("sigma", spec as AssetSpec, quick);
    await asset.execution?.materialize(contextOf(asset, { resources: { sigma } }));
    expect(startsBySheet(sandbox)).toEqual([1]);
    await expect(asset.execution?.materialize(contextOf(asset))).rejects.toMatchObject({
      code: "MATERIALIZE_RESOURCE_MISSING",
      message: expect.stringContaining('"sigma"'),
    });
  });

  it("takes a spec that was copied by hand, as in Python", async () => {
    const { sigma } = await startScheduledCompany({ workbooks: [1] });
    const [spec] = await loadSigmaAssetSpecs(sigma);
    const copy = new AssetSpec({ key: spec?.key ?? "x", metadata: { ...spec?.metadata } });
    expect(buildMaterializeWorkbookAssetsDefinition("sigma", copy).execution).not.toBeNull();
  });

  it("rejects an asset that is not a document", () => {
    expect(() => buildMaterializeWorkbookAssetsDefinition("sigma", new AssetSpec({ key: "table" }))).toThrow(
      expect.objectContaining({ code: "MATERIALIZE_TARGET_UNKNOWN" }),
    );
  });
});
