import { assetGraphErrorCodes } from "../../packages/asset-graph/dist/index.js";
import { codeLocationErrorCodes } from "../../packages/code-location/dist/index.js";
import { dagsterClientErrorCodes } from "../../packages/dagster-client/dist/index.js";
import { commandErrorCodes } from "../../packages/dagster-sigma/dist/errors.js";
import { definitionsHostErrorCodes } from "../../packages/definitions-host/dist/index.js";
import { sigmaAssetsErrorCodes } from "../../packages/sigma-assets/dist/index.js";
import { sigmaClientErrorCodes } from "../../packages/sigma-client/dist/index.js";
import { webUiErrorCodes } from "../../packages/web-ui/dist/index.js";

/**
 * All error codes of all packages, with their meanings.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const errorCodes = {
  ...commandErrorCodes,
  ...sigmaAssetsErrorCodes,
  ...dagsterClientErrorCodes,
  ...assetGraphErrorCodes,
  ...sigmaClientErrorCodes,
  ...definitionsHostErrorCodes,
  ...codeLocationErrorCodes,
  ...webUiErrorCodes,
};
