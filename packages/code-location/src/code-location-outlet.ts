import { createOutlet, type Outlet } from "@dagster-sigma/definitions-host";
import type { HostFeatures } from "./dagster-version/host-features.ts";
import type { RunsOptions } from "./repository/encode-runs.ts";
import type { EncodedRepository } from "./repository/encoded-repository.ts";
import * as encoder from "./repository/repository-encoder.ts";

const encoderModule = new URL(
  import.meta.url.endsWith(".ts")
    ? "./repository/repository-encoder.ts"
    : "./repository/repository-encoder.js",
  import.meta.url,
);

/**
 * Encodes definitions for Dagster's protocol, limited to what the given Dagster version supports.
 *
 * @param runs how executable assets are run. Default: they are only shown, as external assets
 */
export function codeLocationOutlet(features: HostFeatures, runs?: RunsOptions): Outlet<EncodedRepository> {
  return createOutlet(encoder, encoderModule, runs === undefined ? features : { ...features, runs });
}
