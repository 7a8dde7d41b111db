import { dirname, join } from "node:path";
import { conformanceFolder } from "../python/conformance-folder.ts";

const packages = join(dirname(conformanceFolder), "packages");

/** The sources of the Python package dagster-typescript. */
const pythonPackage = join(packages, "dagster-typescript");

/** Command line of the built dagster-sigma. */
const command: readonly string[] = [
  process.execPath,
  join(packages, "dagster-sigma", "bin", "dagster-sigma.js"),
];

/**
 * Environment variables of a Python code location whose definitions load `sigma`, with its state in `folder`.
 *
 * @param options.pythonPath folders in which Python looks for packages. Default: the sources of dagster-typescript
 */
export function locationVariables(
  sigma: { readonly baseUrl: string; readonly clientId: string; readonly clientSecret: string },
  {
    folder,
    pythonPath = [pythonPackage],
  }: { readonly folder: string; readonly pythonPath?: readonly string[] },
): Readonly<Record<string, string>> {
  return {
    SIGMA_BASE_URL: sigma.baseUrl,
    SIGMA_CLIENT_ID: sigma.clientId,
    SIGMA_CLIENT_SECRET: sigma.clientSecret,
    DAGSTER_SIGMA_STATE_DIR: join(folder, "state"),
    DAGSTER_SIGMA_COMMAND: command.join(" "),
    PYTHONPATH: pythonPath.join(":"),
    DAGSTER_DISABLE_TELEMETRY: "yes",
  };
}
