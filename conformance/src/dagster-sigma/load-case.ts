import type { Diagnostic } from "@dagster-sigma/foundation";
import { loadSigmaAssetSpecs, SigmaOrganization } from "@dagster-sigma/sigma-assets";
import { PythonLines } from "../python/python-lines.ts";
import { type ComparableAsset, comparableAsset, type OurAsset } from "./comparable-asset.ts";

/** Options with which both sides load an organization. */
export interface LoadOptions {
  readonly fetchColumnData: boolean;
  readonly fetchLineageData: boolean;
  readonly filter: {
    readonly workbookFolders: readonly (readonly string[])[];
    readonly workbooks: readonly (readonly string[])[];
    readonly includeUnusedDatasets: boolean;
  };
}

export const wholeOrganization: LoadOptions = {
  fetchColumnData: true,
  fetchLineageData: true,
  filter: { workbookFolders: [], workbooks: [], includeUnusedDatasets: true },
};

/** The server of an organization, with its credentials. */
export interface ServedOrganization {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The reference's assets, or the error that it died with. */
export type ReferenceOutcome = { readonly assets: readonly ComparableAsset[] } | { readonly error: string };

/** The real dagster-sigma, in a Python process. */
export class ReferenceLoader {
  readonly #lines: PythonLines<object, ReferenceOutcome>;
  #count = 0;

  constructor(python: string) {
    this.#lines = new PythonLines(python, "load_organization.py");
  }

  load(served: ServedOrganization, options: LoadOptions): Promise<ReferenceOutcome> {
    const { baseUrl, clientId, clientSecret } = served;
    return this.#lines.ask({ id: ++this.#count, baseUrl, clientId, clientSecret, ...options });
  }

  close(): Promise<void> {
    return this.#lines.close();
  }

  /** Kills the process, even during a load. */
  kill(): void {
    this.#lines.kill();
  }
}

export async function loadOurs(
  served: ServedOrganization,
  options: LoadOptions,
): Promise<readonly OurAsset[]> {
  const { assets } = await loadOursWithDiagnostics(served, options);
  return assets;
}

/** Our assets, and what the load says about the organization. */
export interface OurLoad {
  readonly assets: readonly OurAsset[];
  readonly diagnostics: readonly Diagnostic[];
}

export async function loadOursWithDiagnostics(
  { baseUrl, clientId, clientSecret }: ServedOrganization,
  options: LoadOptions,
): Promise<OurLoad> {
  const organization = new SigmaOrganization({
    baseUrl,
    clientId,
    clientSecret,
    retryLimits: { baseDelayMs: 1 },
  });
  const { fetchColumnData, fetchLineageData, filter } = options;
  const specs = await loadSigmaAssetSpecs(organization, {
    fetchColumnData,
    fetchLineageData,
    sigmaFilter: filter,
  });
  const diagnostics = organization.loadReports.flatMap((report) => report.diagnostics);
  return { assets: specs.map(comparableAsset), diagnostics };
}
