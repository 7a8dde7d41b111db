import { Definitions } from "@dagster-sigma/asset-graph";
import { buildSampleCompany, generateOrganization, type Organization } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it } from "vitest";
import {
  loadSigmaAssetSpecs,
  SigmaOrganization,
  sigmaActivitySensor,
  sigmaAssetChecks,
} from "../../src/index.ts";
import { startQuickSandbox } from "./quick-sandbox.ts";

async function define(organization: Organization, folder: string, name?: string): Promise<Definitions> {
  const sandbox = await startQuickSandbox(organization);
  const sigma = new SigmaOrganization(sandbox);
  const loaded = await loadSigmaAssetSpecs(sigma, { keyStrategy: "id" });
  const assets = loaded.filter(({ kinds }) => kinds.includes("workbook"));
  const checks = sigmaAssetChecks({ assets });
  return new Definitions({
    assets: assets.map((spec) => spec.with({ groupName: folder, deps: [] })),
    assetChecks: checks.assetChecks,
    sensors: [
      sigmaActivitySensor({ organization: sigma, ...(name === undefined ? {} : { name }) }),
      checks.sensor,
    ],
  });
}

const namesOf = ({ sensors }: Definitions): readonly string[] => sensors.map(({ name }) => name);

describe("the sensors of several organizations", () => {
  it("have the organization in their default names, and of one do not", async () => {
    const sample = await define(buildSampleCompany(), "a");
    const generated = await define(generateOrganization({ workbooks: 3, seed: 4 }), "b");
    expect(namesOf(sample)).toEqual(["sigma_activity", "sigma_checks"]);
    const { slug } = buildSampleCompany();
    const other = generateOrganization({ workbooks: 3, seed: 4 }).slug;
    const word = (text: string): string => text.replaceAll(/\W/g, "_");
    const both = Definitions.merge(sample, generated);
    expect(namesOf(both)).toEqual([
      `sigma_activity_${word(slug)}`,
      `sigma_checks_${word(slug)}`,
      `sigma_activity_${word(other)}`,
      `sigma_checks_${word(other)}`,
    ]);
    expect(namesOf(Definitions.merge(both, new Definitions()))).toEqual(namesOf(both));
    expect(both.loadReports.map(({ organization }) => organization)).toEqual([slug, other]);
  });

  it("keep the names that the user gives, and name the option if they collide", async () => {
    const one = await define(buildSampleCompany(), "a", "mine");
    const { sensors } = one;
    expect(namesOf(one)).toEqual(["mine", "sigma_checks"]);
    expect(() => new Definitions({ sensors: [...sensors, ...sensors] })).toThrow(
      expect.objectContaining({
        code: "INVALID_DEFINITIONS",
        message: 'Two sensors have the name "mine".',
        hint: expect.stringContaining("`name`"),
      }),
    );
  });
});
