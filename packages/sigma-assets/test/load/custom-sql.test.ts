import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadSigmaAssetSpecs, SigmaOrganization } from "../../src/index.ts";

describe("customSql", () => {
  it("adds the named SQL of documents, and nothing by default", async () => {
    const sandbox = await startSandbox({ organization: buildSampleCompany() });
    onTestFinished(() => sandbox.close());
    const { baseUrl, clientId, clientSecret } = sandbox;
    const sigma = new SigmaOrganization({ baseUrl, clientId, clientSecret });
    const statementsOf = async (customSql: boolean): Promise<readonly unknown[]> =>
      (await loadSigmaAssetSpecs(sigma, { customSql })).flatMap(({ metadata }) => {
        const value = metadata["dagster_sigma/custom_sql"];
        return value?.type === "json" && Array.isArray(value.value) ? value.value : [];
      });
    const statements = await statementsOf(true);
    expect(statements.length).toBeGreaterThan(0);
    for (const statement of statements)
      expect(statement).toEqual({ name: expect.any(String), sql: expect.stringMatching(/select/i) });
    // Sigma's comment names the user; it must be removed.
    expect(JSON.stringify(statements)).not.toContain("Sigma Σ");
    expect(await statementsOf(false)).toEqual([]);
  });
});
