import { describe, expect, it } from "vitest";
import { type LoadSigmaAssetSpecsOptions, loadSigmaAssetSpecs } from "../../src/index.ts";
import { startScheduledCompany } from "./scheduled-company.ts";

/** Keys of virtual assets; Workbook 1 and Model 1 have schedules. */
async function virtualAssets(
  options: LoadSigmaAssetSpecsOptions,
  brokenRoute?: string,
): Promise<readonly string[]> {
  const { sigma, sandbox } = await startScheduledCompany({ workbooks: [1, 0], dataModels: [1, 0] });
  if (brokenRoute !== undefined)
    sandbox.faults.add({ route: brokenRoute, fault: { kind: "status", status: 403 } });
  const specs = await loadSigmaAssetSpecs(sigma, options);
  return specs
    .filter(({ isVirtual }) => isVirtual)
    .map(({ key }) => key.toUserString())
    .sort();
}

describe("live documents", () => {
  it("are virtual where schedules are known, and scheduled ones are not", async () => {
    expect(await virtualAssets({ materialize: true })).toEqual(["Model_2", "Workbook_2"]);
    expect(await virtualAssets({ materializationSchedules: true })).toEqual(["Model_2", "Workbook_2"]);
  });

  it("are not virtual where schedules are unknown, unless asked for", async () => {
    expect(await virtualAssets({})).toEqual([]);
    expect(await virtualAssets({ virtual: true })).toEqual([
      "Model_1",
      "Model_2",
      "Workbook_1",
      "Workbook_2",
    ]);
    const route = "/v2/workbooks/{workbookId}/materialization-schedules";
    expect(await virtualAssets({ materialize: true }, route)).toEqual(["Model_2"]);
  });

  it("are not virtual with virtual: false, or if the translator says so", async () => {
    expect(await virtualAssets({ materialize: true, virtual: false })).toEqual([]);
    const dagsterSigmaTranslator: LoadSigmaAssetSpecsOptions["dagsterSigmaTranslator"] = (spec) =>
      spec.with({ isVirtual: false });
    expect(await virtualAssets({ materialize: true, dagsterSigmaTranslator })).toEqual([]);
  });
});
