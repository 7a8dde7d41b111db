import {
  type AssetSpec,
  DagsterSigmaTranslator,
  Definitions,
  EnvVar,
  loadSigmaAssetSpecs,
  SigmaOrganization,
  type SigmaTranslatorData,
} from "dagster-sigma";

const sigma = new SigmaOrganization({
  baseUrl: EnvVar("SIGMA_BASE_URL"),
  clientId: EnvVar("SIGMA_CLIENT_ID"),
  clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
});

class MyCustomSigmaTranslator extends DagsterSigmaTranslator {
  override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    const spec = super.getAssetSpec(data); // get the default first, then customize it
    if (data.type !== "workbook") return spec.with({ key: spec.key.withPrefix("sigma") });
    return spec.replaceAttributes({ owners: ["team:bi"] });
  }
}

const assets = await loadSigmaAssetSpecs(sigma, { dagsterSigmaTranslator: new MyCustomSigmaTranslator() });

export default new Definitions({ assets, resources: { sigma } });
