import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "@dagster-sigma/foundation";
import type { FetchProgress } from "./fetch-progress.ts";
import { type LoadVariables, readLoadVariables } from "./load-variables.ts";

/**
 * What loads need to know about where they run and their options do not say. A command that runs a user's definitions file
 * sets it around the file, and every load in it finds it.
 */
export interface LoadEnvironment extends LoadVariables {
  /** Progress of loads without an `onProgress` option of their own; null for nobody. */
  readonly onProgress: ((progress: FetchProgress) => void) | null;
  /** Gets what clients log (each request, each retry), besides the logger of the organization; null for nobody. */
  readonly logger: Logger | null;
}

/** One for the process: a definitions file may bring a second copy of this package. */
const storageKey = Symbol.for("dagster-sigma.load-environment");
const shared = globalThis as { [storageKey]?: AsyncLocalStorage<LoadEnvironment> };
shared[storageKey] ??= new AsyncLocalStorage();
const storage: AsyncLocalStorage<LoadEnvironment> = shared[storageKey];

/** Runs code in which loads find this environment; what is omitted is that of the code that calls. */
export function withLoadEnvironment<Result>(
  environment: Partial<LoadEnvironment>,
  run: () => Result,
): Result {
  return storage.run({ ...loadEnvironment(), ...environment }, run);
}

/** The environment of the code that runs; outside of `withLoadEnvironment`, what the variables say. */
export function loadEnvironment(): LoadEnvironment {
  return storage.getStore() ?? { ...readLoadVariables(process.env), onProgress: null, logger: null };
}
