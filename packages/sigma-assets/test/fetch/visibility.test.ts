import { buildSampleCompany, type Sandbox, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../../src/index.ts";

async function start(): Promise<Sandbox> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function load(
  sandbox: Sandbox,
  visibility?: "credential" | "organization",
): Promise<{ readonly keys: readonly string[]; readonly codes: readonly string[]; readonly seen: unknown }> {
  const sigma = new SigmaOrganization(sandbox);
  const specs = await loadSigmaAssetSpecs(sigma, visibility === undefined ? {} : { visibility });
  const [report] = sigma.loadReports;
  return {
    keys: specs.map(({ key }) => key.toUserString()),
    codes: (report?.diagnostics ?? []).map(({ code }) => code),
    seen: report?.scope,
  };
}

const queriesOf = ({ log }: Sandbox, path: string): readonly string[] =>
  log.requests.filter((request) => request.path === path).map(({ query }) => query);

describe("the visibility of a load", () => {
  it("is that of the credentials, unless the whole organization is requested", async () => {
    const sandbox = await start();
    expect((await load(sandbox)).seen).toBe("as the credentials see it");
    expect(queriesOf(sandbox, "/v2/workbooks").join("&")).not.toContain("skipPermissionCheck");
    const whole = await start();
    expect(await load(whole, "organization")).toMatchObject({ seen: null });
    for (const query of queriesOf(whole, "/v2/workbooks"))
      expect(query).toMatch(/skipPermissionCheck=true.*excludeExplorations=true/);
    for (const query of queriesOf(whole, "/v2/dataModels"))
      expect(query).toContain("skipPermissionCheck=true");
  });

  it("is that of the credentials if Sigma denies more, with a diagnostic", async () => {
    const expected = await load(await start());
    const sandbox = await start();
    const fault = { kind: "status", status: 403, code: "forbidden" } as const;
    for (const route of ["/v2/workbooks", "/v2/dataModels"]) sandbox.faults.add({ route, times: 1, fault });
    const { keys, codes, seen } = await load(sandbox, "organization");
    expect(keys).toEqual(expected.keys);
    expect(codes).toContain("VISIBILITY_LIMITED");
    // The report must not claim that it saw everything.
    expect(seen).toBe("as the credentials see it");
  });
});

describe("a dataset that was migrated", () => {
  it("refers to its data model", async () => {
    const specs = await loadSigmaAssetSpecs(new SigmaOrganization(await start()));
    const migrated = specs.filter(({ metadata }) => metadata["dagster_sigma/migrated_to"] !== undefined);
    expect(migrated.map(({ kinds }) => kinds.includes("dataset"))).toEqual([true]);
    const target = migrated[0]?.metadata["dagster_sigma/migrated_to"];
    const model = specs.find(({ key }) => target?.type === "asset" && key.equals(target.value));
    expect(model?.kinds).toContain("data_model");
  });
});
