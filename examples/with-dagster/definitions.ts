import {
  Definitions,
  EnvVar,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  sigmaActivitySensor,
} from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

export default new Definitions({
  assets: await loadSigmaAssetSpecs(sigma, { groupByFolder: true, materialize: true }),
  resources: { sigma },
  sensors: [sigmaActivitySensor({ organization: sigma, load: { groupByFolder: true } })],
});
