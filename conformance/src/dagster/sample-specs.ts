import type { AssetSpec } from "@dagster-sigma/asset-graph";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { buildSampleCompany, startSandbox } from "@dagster-sigma/sigma-sandbox";

/** The assets of the sample organization, with all optional data. */
export async function sampleSpecs(): Promise<readonly AssetSpec[]> {
  const sandbox = await startSandbox({ organization: buildSampleCompany() });
  try {
    const organization = new SigmaOrganization(sandbox);
    return await loadSigmaAssetSpecs(organization, { groupByFolder: true, fetchBadges: true });
  } finally {
    await sandbox.close();
  }
}
