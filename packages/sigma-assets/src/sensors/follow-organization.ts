import { type AssetChange, type AssetSpec, diffAssets } from "@dagster-sigma/asset-graph";
import { loadEnvironment } from "../environment/load-environment.ts";
import { SigmaFilter } from "../filter/sigma-filter.ts";
import type { LoadSigmaAssetSpecsOptions } from "../load/load-options.ts";
import { loadSigmaAssetSpecs } from "../load/load-sigma-asset-specs.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { DocumentList } from "./list-documents.ts";
import { assetsByDocument, listingDifferences } from "./listing-differences.ts";

/** The last refresh: the differences between Sigma and the assets that it cannot resolve. */
export interface FollowCursor {
  /** Hashes of differences. */
  readonly known: readonly string[];
  /** When the refreshed state was fetched, ISO 8601. */
  readonly at: string;
}

/** The result of comparing the served assets with Sigma. */
export interface Followed {
  readonly cursor: FollowCursor | null;
  /** Changes by the key of the served asset; null without a refresh. */
  readonly changes: ReadonlyMap<string, AssetChange> | null;
  /** Whether the state was refreshed, and the definitions are not yet loaded from it. */
  readonly isUpdating: boolean;
  /** Why the refresh failed; null if there was none, or it succeeded. */
  readonly failure: unknown;
}

/**
 * Refreshes the stored state when the served assets differ from what Sigma lists. The host of the definitions then loads
 * them again, because their state changed. A difference that a refresh does not resolve causes no further refresh.
 */
export class OrganizationFollower {
  readonly #organization: SigmaOrganization;
  readonly #load: LoadSigmaAssetSpecsOptions;
  readonly #isDated: boolean;
  /** Differences for which this process has refreshed the state; the host is loading it, or failed to. */
  #refreshed: string | null = null;

  constructor(organization: SigmaOrganization, load: LoadSigmaAssetSpecsOptions) {
    this.#organization = organization;
    this.#load = load;
    const { updatedSince, needsOwners } = SigmaFilter.from(load.sigmaFilter);
    this.#isDated = updatedSince !== null || needsOwners;
  }

  /** Folder of the stored state; null if the assets are not loaded from one, so that they cannot be followed. */
  get stateDir(): string | null {
    const { snapshotPath, stateDir } = this.#load;
    return snapshotPath === undefined ? (stateDir ?? loadEnvironment().stateDir) : null;
  }

  /** @param assets the served assets of the organization */
  async follow(
    assets: readonly AssetSpec[],
    list: DocumentList,
    cursor: FollowCursor | null,
    signal: AbortSignal,
  ): Promise<Followed> {
    const isDated = this.#isDated;
    const differences = listingDifferences(list, assetsByDocument(assets), { isDated });
    const fetchedAt = assets[0]?.origin?.load?.fetchedAt ?? "";
    const isResolved = cursor !== null && isKnown(cursor, differences) && fetchedAt >= cursor.at;
    const isUpdating = this.#refreshed !== null && this.#refreshed === differences && !isResolved;
    if (differences === null || this.stateDir === null || isResolved || isUpdating)
      return { cursor, changes: null, isUpdating, failure: null };
    try {
      const now = await loadSigmaAssetSpecs(this.#organization, { ...this.#load, refresh: true, signal });
      this.#refreshed = differences;
      const left = listingDifferences(list, assetsByDocument(now), { isDated });
      const { changed } = diffAssets(assets, now);
      return {
        cursor: {
          known: left === null ? [differences] : [differences, left],
          at: this.#organization.loadReports.at(-1)?.fetchedAt ?? "",
        },
        changes: new Map(changed.map((change) => [change.before?.key ?? change.key, change])),
        isUpdating: true,
        failure: null,
      };
    } catch (failure) {
      return { cursor, changes: null, isUpdating: false, failure };
    }
  }
}

function isKnown({ known }: FollowCursor, differences: string | null): boolean {
  return differences !== null && known.includes(differences);
}
