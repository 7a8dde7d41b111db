import { Definitions } from "@dagster-sigma/asset-graph";
import {
  dbtManifest,
  type FetchSigmaOptions,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  type SigmaOrganization,
} from "@dagster-sigma/sigma-assets";
import type { LoadOptions } from "../options/load-options.ts";

/** Options for loading the organization in the environment; plain data, which can be copied to another thread. */
export type OrganizationOptions = Pick<
  LoadSigmaAssetSpecsOptions,
  | "sigmaFilter"
  | "fetchColumnData"
  | "fetchLineageData"
  | "fetchBadges"
  | "materializationSchedules"
  | "spec"
  | "visibility"
  | "keyStrategy"
  | "workbookColumns"
  | "snapshotPath"
  | "timeBudgetMs"
  | "customSql"
> & {
  /** Path of the dbt manifest with which tables are matched. */
  readonly dbtManifest?: string;
};

/** Selects the organization options from the options of a command. */
export function organizationOptionsOf(
  options: LoadOptions & { readonly snapshot?: string },
): OrganizationOptions {
  return {
    sigmaFilter: {
      workbookFolders: (options.folder ?? []).map(pathOf),
      workbooks: (options.workbook ?? []).map(pathOf),
      includeUnusedDatasets: options.excludeUnusedDatasets !== true,
    },
    fetchColumnData: options.columns,
    fetchLineageData: options.lineage,
    fetchBadges: options.badges === true,
    materializationSchedules: options.schedules === true,
    spec: options.spec === true,
    ...(options.timeBudget === undefined ? {} : { timeBudgetMs: options.timeBudget }),
    visibility: options.wholeOrganization === true ? "organization" : "credential",
    keyStrategy: options.keys ?? "name",
    workbookColumns: options.workbookColumns === true,
    ...(options.snapshot === undefined ? {} : { snapshotPath: options.snapshot }),
    ...(options.dbtManifest === undefined ? {} : { dbtManifest: options.dbtManifest }),
  };
}

/** Selects the fetch options. */
export function fetchOptionsOf({
  dbtManifest: manifest,
  ...options
}: OrganizationOptions): FetchSigmaOptions {
  return { ...options, upstream: manifest === undefined ? [] : [dbtManifest(manifest)] };
}

/** Loads an organization with these options. */
export async function loadOrganizationDefinitions(
  sigma: SigmaOrganization,
  options: OrganizationOptions,
  how: { readonly signal?: AbortSignal } = {},
): Promise<Definitions> {
  const { dbtManifest: manifest, ...load } = options;
  const upstream = manifest === undefined ? [] : [dbtManifest(manifest)];
  return new Definitions({
    assets: await loadSigmaAssetSpecs(sigma, { ...load, ...how, upstream }),
    resources: { sigma },
  });
}

function pathOf(text: string): readonly string[] {
  return text.split("/").filter((name) => name !== "");
}
