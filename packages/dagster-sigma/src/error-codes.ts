import { assetGraphErrorCodes } from "@dagster-sigma/asset-graph";
import { codeLocationErrorCodes } from "@dagster-sigma/code-location";
import { definitionsHostErrorCodes } from "@dagster-sigma/definitions-host";
import { sigmaAssetsErrorCodes } from "@dagster-sigma/sigma-assets";
import { sigmaClientErrorCodes } from "@dagster-sigma/sigma-client";
import { webUiErrorCodes } from "@dagster-sigma/web-ui";
import { commandErrorCodes } from "./errors.ts";

/** Every error code that a user can meet. */
export const errorCodes: Readonly<Record<string, string>> = {
  ...commandErrorCodes,
  ...sigmaAssetsErrorCodes,
  ...assetGraphErrorCodes,
  ...sigmaClientErrorCodes,
  ...definitionsHostErrorCodes,
  ...codeLocationErrorCodes,
  ...webUiErrorCodes,
};
