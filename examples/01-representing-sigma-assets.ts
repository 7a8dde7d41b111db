import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"), // or one of SigmaBaseUrl, for example SigmaBaseUrl.AWS_US
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

export default new Definitions({ assets: await loadSigmaAssetSpecs(sigma), resources: { sigma } });
