import { EnvVar } from "@dagster-sigma/asset-graph";
import { createLogger } from "@dagster-sigma/foundation";
import { SigmaOrganization, type SigmaOrganizationOptions } from "@dagster-sigma/sigma-assets";
import { loadDotEnv } from "../environment/dot-env.ts";
import type { GlobalOptions } from "../options/global-options.ts";
import type { Terminal } from "../terminal/terminal.ts";

/**
 * The organization configured by `SIGMA_BASE_URL`, `SIGMA_CLIENT_ID` and `SIGMA_CLIENT_SECRET`, also from `.env` in
 * the working directory.
 */
export function environmentOrganization(
  terminal: Terminal,
  options: GlobalOptions & { readonly failOnLineageError?: boolean },
  more: Partial<SigmaOrganizationOptions> = {},
): SigmaOrganization {
  return environmentSigma({
    ...more,
    warnOnLineageFetchError: options.failOnLineageError !== true,
    ...(options.verbose === true
      ? { logger: createLogger(options.logFormat ?? "text", (line) => terminal.err(line)) }
      : {}),
  });
}

/** The same without a terminal. */
export function environmentSigma(more: Partial<SigmaOrganizationOptions> = {}): SigmaOrganization {
  loadDotEnv(process.cwd());
  return new SigmaOrganization({
    baseUrl: EnvVar("SIGMA_BASE_URL"),
    clientId: EnvVar("SIGMA_CLIENT_ID"),
    clientSecret: EnvVar("SIGMA_CLIENT_SECRET"),
    ...more,
  });
}
