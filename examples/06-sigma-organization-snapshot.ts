// Write the snapshot with: SIGMA_SNAPSHOT_PATH=sigma.ndjson npx dagster-sigma snapshot -f this-file.ts
import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

const assets = await loadSigmaAssetSpecs(sigma, { snapshotPath: EnvVar("SIGMA_SNAPSHOT_PATH") });

export default new Definitions({ assets, resources: { sigma } });
