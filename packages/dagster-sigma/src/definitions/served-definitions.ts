// The `DefinitionsModule` of commands that serve definitions; runs in the worker thread of a definitions host.
import type { Definitions } from "@dagster-sigma/asset-graph";
import type { DefinitionsModule, SignsOfLife } from "@dagster-sigma/definitions-host";
import { createLogger } from "@dagster-sigma/foundation";
import { type EarlierLoad, withLoadEnvironment } from "@dagster-sigma/sigma-assets";
import { loadDefinitionsFile } from "./definitions-file.ts";
import { environmentSigma } from "./environment-organization.ts";
import { loadOrganizationDefinitions, type OrganizationOptions } from "./organization-options.ts";
import { sourcePlace } from "./source-place.ts";

/** Options of this module; copied to the thread that loads it. */
export interface ServedDefinitionsOptions {
  /** A definitions file; null for the organization in the environment. */
  readonly file: string | null;
  readonly stateDir: string;
  /** Options for the organization in the environment. */
  readonly organization: OrganizationOptions;
  readonly warnOnLineageFetchError: boolean;
  /** Whether to fetch first, and whether only changes. */
  readonly refresh: "no" | "changes" | "full";
  /** State to load instead of the newest; null for the newest. */
  readonly earlier: EarlierLoad | null;
}

export async function loadDefinitions(options: ServedDefinitionsOptions): Promise<Definitions> {
  const { file, organization, warnOnLineageFetchError, refresh, earlier } = options;
  return await withLoadEnvironment({ refresh, earlier }, async () =>
    file === null
      ? await loadOrganizationDefinitions(environmentSigma({ warnOnLineageFetchError }), organization)
      : await loadDefinitionsFile(file),
  );
}

export async function runInEnvironment<Result>(
  { stateDir }: ServedDefinitionsOptions,
  signs: SignsOfLife,
  run: () => Promise<Result>,
): Promise<Result> {
  return await withLoadEnvironment(
    {
      stateDir,
      refresh: "no",
      onProgress: ({ stage, done, total, waitMs }) =>
        signs.progress(
          waitMs === undefined
            ? `Fetching ${stage}: ${done} of ${total}`
            : `Sigma asks for a wait of ${Math.ceil(waitMs / 1_000)} s`,
        ),
      logger: createLogger("text", (line) => signs.alive(line.trimEnd())),
    },
    run,
  );
}

/** Checks at compile time that this module satisfies the host's contract. */
export { sourcePlace };

export const servedDefinitionsModule: DefinitionsModule<ServedDefinitionsOptions> = {
  loadDefinitions,
  runInEnvironment,
  sourcePlace,
};
