import { assetGraphErrorCodes } from "@dagster-sigma/asset-graph";
import { codeLocationErrorCodes } from "@dagster-sigma/code-location";
import { definitionsHostErrorCodes } from "@dagster-sigma/definitions-host";
import { sigmaAssetsErrorCodes } from "@dagster-sigma/sigma-assets";
import { sigmaClientErrorCodes } from "@dagster-sigma/sigma-client";
import { webUiErrorCodes } from "@dagster-sigma/web-ui";
import { commandErrorCodes } from "./errors.ts";

/** All error codes of all packages, with their meanings. */
export const errorCodes: Readonly<Record<string, string>> = {
  ...commandErrorCodes,
  ...sigmaAssetsErrorCodes,
  ...assetGraphErrorCodes,
  ...sigmaClientErrorCodes,
  ...definitionsHostErrorCodes,
  ...codeLocationErrorCodes,
  ...webUiErrorCodes,
};
