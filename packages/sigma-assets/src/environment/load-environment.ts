import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "@dagster-sigma/foundation";
import type { FetchProgress } from "./fetch-progress.ts";
import { type LoadVariables, readLoadVariables } from "./load-variables.ts";

/**
 * Settings of loads that come from their environment instead of their options. A command that runs a definitions file sets
 * them, and every load in that file uses them.
 */
export interface LoadEnvironment extends LoadVariables {
  /** Progress listener of loads without the option `onProgress`; null for none. */
  readonly onProgress: ((progress: FetchProgress) => void) | null;
  /** The state that loads read instead of the newest, for a comparison with it; null for the newest. */
  readonly earlier: EarlierLoad | null;
  /** Logger for requests and retries, in addition to the organization's logger; null for none. */
  readonly logger: Logger | null;
}

/**
 * A state of the past. `asOf`: the newest one fetched at this time (ISO 8601) or before it, among the kept ones and the present one. `file`: a
 * state or snapshot file, for loads of its organization; other loads use their present state.
 */
export type EarlierLoad = { readonly asOf: string } | { readonly file: string };

/** One per process: a definitions file may load a second copy of this package. */
const storageKey = Symbol.for("dagster-sigma.load-environment");
const shared = globalThis as { [storageKey]?: AsyncLocalStorage<LoadEnvironment> };
shared[storageKey] ??= new AsyncLocalStorage();
const storage: AsyncLocalStorage<LoadEnvironment> = shared[storageKey];

/**
 * Runs a function whose loads use this environment. Omitted settings are those of the caller. A load option takes precedence.
 *
 *     await withLoadEnvironment({ stateDir: "state", refresh: "changes" }, () => loadSigmaAssetSpecs(sigma));
 */
export function withLoadEnvironment<Result>(
  environment: Partial<LoadEnvironment>,
  run: () => Result,
): Result {
  return storage.run({ ...loadEnvironment(), ...environment }, run);
}

/** The current environment: that of `withLoadEnvironment` or, without one, the `DAGSTER_SIGMA_*` variables. */
export function loadEnvironment(): LoadEnvironment {
  return (
    storage.getStore() ?? { ...readLoadVariables(process.env), onProgress: null, earlier: null, logger: null }
  );
}
