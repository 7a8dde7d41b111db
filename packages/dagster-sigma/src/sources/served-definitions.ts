import { Definitions } from "@dagster-sigma/asset-graph";
import type { DefinitionsModule } from "@dagster-sigma/code-location";
import {
  dbtManifest,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  refreshVariable,
  stateDirVariable,
} from "@dagster-sigma/sigma-assets";
import { loadDefinitionsFile } from "./definitions-file.ts";
import { environmentSigma } from "./environment-organization.ts";

/** What to serve; copied to the thread that loads it. */
export interface ServedDefinitionsOptions {
  /** A definitions file; null for the organization that the environment names. */
  readonly file: string | null;
  readonly stateDir: string;
  /** Of the organization in the environment. */
  readonly load: Pick<
    LoadSigmaAssetSpecsOptions,
    | "sigmaFilter"
    | "fetchColumnData"
    | "fetchLineageData"
    | "fetchBadges"
    | "visibility"
    | "keyStrategy"
    | "workbookColumns"
    | "snapshotPath"
    | "timeBudgetMs"
  > & { readonly dbtManifest?: string };
  readonly warnOnLineageFetchError: boolean;
  /** Whether to fetch what changed first. */
  readonly refresh: boolean;
}

/** Runs in a thread of the code location, whose environment is its own. */
export const loadDefinitions: DefinitionsModule<ServedDefinitionsOptions>["loadDefinitions"] = async ({
  file,
  stateDir,
  load,
  warnOnLineageFetchError,
  refresh,
}) => {
  process.env[stateDirVariable] ||= stateDir;
  if (refresh) process.env[refreshVariable] ||= "1";
  if (file !== null) return await loadDefinitionsFile(file);
  const sigma = environmentSigma({ warnOnLineageFetchError });
  const { dbtManifest: manifest, ...options } = load;
  const upstream = manifest === undefined ? [] : [dbtManifest(manifest)];
  return new Definitions({
    assets: await loadSigmaAssetSpecs(sigma, { ...options, upstream }),
    resources: { sigma },
  });
};
