import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  SigmaOrganization,
} from "../../../src/index.ts";

async function startCompany(): Promise<{
  readonly load: (options?: LoadSigmaAssetSpecsOptions) => ReturnType<typeof loadSigmaAssetSpecs>;
  readonly filesCalls: () => number;
}> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  const organization = new SigmaOrganization(sandbox);
  return {
    load: (options = {}) => loadSigmaAssetSpecs(organization, options),
    filesCalls: () => sandbox.log.counts["GET /v2/files"] ?? 0,
  };
}

function textOf(spec: AssetSpec | undefined, name: string): string {
  return String(spec?.metadata[`dagster_sigma/${name}`]?.value);
}

describe("an owner rule", () => {
  it("adds teams to documents by path, or replaces the owner", async () => {
    const { load } = await startCompany();
    const plain = await load();
    const [workspace = ""] = textOf(plain[0], "path").split("/");
    const inFolder = (spec: AssetSpec): boolean => textOf(spec, "path").split("/")[0] === workspace;
    const beside = await load({ ownerRules: [{ workspace, owners: ["team:desk"] }] });
    const instead = await load({
      ownerRules: [
        { workspace, owners: ["team:desk"], replace: true },
        { path: "**", owners: ["team:all"] },
      ],
    });
    expect(plain.filter(inFolder).length).toBeGreaterThan(0);
    expect(plain.filter((spec) => !inFolder(spec)).length).toBeGreaterThan(0);
    for (const [index, spec] of plain.entries()) {
      const team = inFolder(spec) ? ["team:desk"] : [];
      expect(beside[index]?.owners).toEqual([...spec.owners, ...team]);
      expect(instead[index]?.owners).toEqual([...(inFolder(spec) ? team : spec.owners), "team:all"]);
    }
  });

  it("applies to documents of deactivated members", async () => {
    const { load } = await startCompany();
    const specs = await load({
      ownerRules: [{ isOwnerInactive: true, owners: ["team:heirs"], replace: true }],
    });
    const handedOver = specs.filter(({ owners }) => owners.includes("team:heirs"));
    expect(handedOver.length).toBeGreaterThan(0);
    expect(handedOver.length).toBeLessThan(specs.length);
    for (const { owners } of handedOver) expect(owners).toEqual(["team:heirs"]);
  });

  it("is rejected if Dagster rejects the owner, or if it can never match", async () => {
    const { load } = await startCompany();
    const wrong = [
      [{ owners: ["finance"] }],
      [{ owners: [] }],
      [{ folder: "Finance", owners: ["team:finance"] }],
    ] as unknown as readonly NonNullable<LoadSigmaAssetSpecsOptions["ownerRules"]>[];
    for (const ownerRules of wrong) {
      await expect(load({ ownerRules })).rejects.toMatchObject({ code: "OWNER_RULE_INVALID" });
    }
  });
});

describe("fetchBadges", () => {
  it("adds badges as tags, with one call", async () => {
    const organization = buildSampleCompany();
    const { load, filesCalls } = await startCompany();
    await load();
    expect(filesCalls()).toBe(0);
    const specs = await load({ fetchBadges: true });
    expect(filesCalls()).toBe(1);
    const badges = new Map(
      [...organization.workbooks, ...organization.dataModels, ...organization.datasets].map(
        ({ id, badge }) => [id, badge] as const,
      ),
    );
    expect(specs.filter(({ tags }) => tags["sigma_badge"] !== undefined).length).toBeGreaterThan(1);
    for (const spec of specs) expect(spec.tags["sigma_badge"] ?? null).toBe(badges.get(textOf(spec, "id")));
  });
});
