import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaOrganization } from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

const assets = await loadSigmaAssetSpecs(sigma, {
  // A plain function can replace a translator class; it receives the default spec.
  dagsterSigmaTranslator: (spec, data) => {
    switch (data.properties.name) {
      case "Revenue Overview":
        return spec.replaceAttributes({ deps: ["my_upstream_asset"] });
      case "Headcount":
        return spec.mergeAttributes({ deps: [["hr", "employees"]] });
      default:
        return spec;
    }
  },
});

export default new Definitions({ assets, resources: { sigma } });
