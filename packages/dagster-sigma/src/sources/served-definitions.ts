import { Definitions } from "@dagster-sigma/asset-graph";
import {
  dbtManifest,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  refreshVariable,
  setDefaultProgress,
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
    | "materializationSchedules"
    | "visibility"
    | "keyStrategy"
    | "workbookColumns"
    | "snapshotPath"
    | "timeBudgetMs"
    | "customSql"
  > & { readonly dbtManifest?: string };
  readonly warnOnLineageFetchError: boolean;
  /** Whether to fetch what changed first. */
  readonly refresh: boolean;
}

/** Runs in a thread of a server, whose environment is its own. */
export async function loadDefinitions(
  { file, stateDir, load, warnOnLineageFetchError, refresh }: ServedDefinitionsOptions,
  onProgress?: (text: string) => void,
): Promise<Definitions> {
  process.env[stateDirVariable] ||= stateDir;
  if (refresh) process.env[refreshVariable] ||= "1";
  if (onProgress !== undefined)
    setDefaultProgress(({ stage, done, total }) => onProgress(`Fetching ${stage}: ${done} of ${total}`));
  if (file !== null) return await loadDefinitionsFile(file);
  const sigma = environmentSigma({ warnOnLineageFetchError });
  const { dbtManifest: manifest, ...options } = load;
  const upstream = manifest === undefined ? [] : [dbtManifest(manifest)];
  return new Definitions({
    assets: await loadSigmaAssetSpecs(sigma, { ...options, upstream }),
    resources: { sigma },
  });
}
