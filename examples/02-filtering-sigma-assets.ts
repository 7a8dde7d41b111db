import { Definitions, EnvVar, loadSigmaAssetSpecs, SigmaFilter, SigmaOrganization } from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

const assets = await loadSigmaAssetSpecs(sigma, {
  sigmaFilter: new SigmaFilter({
    // Only the workbooks in these folders, at any depth …
    workbookFolders: [
      ["Sales", "Deep Dives"],
      ["Finance", "Board"],
    ],
    // … and this one.
    workbooks: [["Executive", "Company Pulse"]],
    // Omit datasets and data models that none of them reads; the default is true.
    includeUnusedDatasets: false,
  }),
});

export default new Definitions({ assets, resources: { sigma } });
