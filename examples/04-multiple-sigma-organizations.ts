import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";

const salesTeam = new SigmaOrganization({
  baseUrl: EnvVar("SALES_SIGMA_BASE_URL"),
  clientId: EnvVar("SALES_SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SALES_SIGMA_CLIENT_SECRET"),
});

const marketingTeam = new SigmaOrganization({
  baseUrl: EnvVar("MARKETING_SIGMA_BASE_URL"),
  clientId: EnvVar("MARKETING_SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("MARKETING_SIGMA_CLIENT_SECRET"),
});

/** Two organizations may have workbooks with the same name, so each uses its own key prefix. */
async function load(organization: SigmaOrganization, prefix: string): Promise<Definitions> {
  const assets = await loadSigmaAssetSpecs(organization, {
    dagsterSigmaTranslator: (spec) => spec.with({ key: spec.key.withPrefix(prefix) }),
  });
  return new Definitions({ assets, resources: { [prefix]: organization } });
}

export default Definitions.merge(await load(salesTeam, "sales"), await load(marketingTeam, "marketing"));
