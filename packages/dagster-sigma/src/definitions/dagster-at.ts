import type { DagsterClient } from "@dagster-sigma/dagster-client";
import { definitionsFolder } from "../environment/command-environment.ts";
import { readDotEnv } from "../environment/dot-env.ts";

/**
 * A client of the Dagster at a URL. The token may be in `.env`, as other variables.
 *
 * @param file the definitions file of the command
 * @throws DagsterClientError `DAGSTER_URL_INVALID`, `DAGSTER_TOKEN_INVALID`
 */
export async function dagsterAt(url: string, file: string | undefined): Promise<DagsterClient> {
  const { DagsterClient } = await import("@dagster-sigma/dagster-client");
  const variables = { ...readDotEnv(definitionsFolder(file)), ...process.env };
  return new DagsterClient({ url, token: variables["DAGSTER_CLOUD_API_TOKEN"] });
}
