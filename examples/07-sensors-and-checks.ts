import {
  Definitions,
  EnvVar,
  loadSigmaAssetSpecs,
  noBrokenColumns,
  notStaleFor,
  noUnresolvedSources,
  SigmaOrganization,
  sigmaActivitySensor,
  sigmaAssetChecks,
} from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

const assets = await loadSigmaAssetSpecs(sigma);
const checks = sigmaAssetChecks({ assets, checks: [noBrokenColumns, noUnresolvedSources, notStaleFor(90)] });

// With `dagster-sigma serve -f`, Dagster's daemon evaluates the sensors periodically.
export default new Definitions({
  assets,
  resources: { sigma },
  assetChecks: checks.assetChecks,
  sensors: [sigmaActivitySensor({ organization: sigma, load: {} }), checks.sensor],
});
