import { type AssetSpec, Definitions } from "@dagster-sigma/asset-graph";
import {
  DagsterSigmaTranslator,
  type LoadSigmaAssetSpecsOptions,
  loadSigmaAssetSpecs,
  type SigmaFilterOptions,
  type SigmaOrganization,
  type SigmaTranslatorData,
  saveSigmaSnapshot,
} from "@dagster-sigma/sigma-assets";

/** Fields of a {@link SigmaComponent}. */
export interface SigmaComponentOptions {
  /** The Sigma organization. */
  readonly organization: SigmaOrganization;
  /** Default: all workbooks. */
  readonly sigmaFilter?: SigmaFilterOptions | null;
  /** Default: true. */
  readonly fetchColumnData?: boolean;
  /** Default: true. */
  readonly fetchLineageData?: boolean;
  /** Changes the spec of each document (default: none). */
  readonly translation?: ((spec: AssetSpec, data: SigmaTranslatorData) => AssetSpec) | null;
  /** Default: a state on the disk. */
  readonly defsState?: DefsState;
}

/** How the state of the organization is stored. */
export interface DefsState {
  /** Key of the state (default: made of base URL and client id). */
  readonly key?: string | null;
  /**
   * `LEGACY_CODE_SERVER_SNAPSHOTS` fetches changes at every load. `VERSIONED_STATE_STORAGE` is Dagster's own, which hands over the state
   * (default: `LOCAL_FILESYSTEM`).
   */
  readonly managementType?: "LOCAL_FILESYSTEM" | "LEGACY_CODE_SERVER_SNAPSHOTS" | "VERSIONED_STATE_STORAGE";
}

/**
 * The component of a `defs.yaml` with `type: dagster_sigma.SigmaComponent`. Like Python's it is a pair: write the state of the
 * organization, and build definitions from a state. Subclass it to change the specs, and name the subclass as `type: .component.MyComponent`:
 *
 *     export class MyComponent extends SigmaComponent {
 *       override getAssetSpec(data: SigmaTranslatorData): AssetSpec {
 *         return super.getAssetSpec(data).mergeAttributes({ tags: { team: "bi" } });
 *       }
 *     }
 */
export class SigmaComponent {
  readonly organization: SigmaOrganization;
  readonly sigmaFilter: SigmaFilterOptions | null;
  readonly fetchColumnData: boolean;
  readonly fetchLineageData: boolean;
  readonly translation: ((spec: AssetSpec, data: SigmaTranslatorData) => AssetSpec) | null;
  readonly defsState: DefsState;
  readonly #base = new DagsterSigmaTranslator();

  constructor(options: SigmaComponentOptions) {
    this.organization = options.organization;
    this.sigmaFilter = options.sigmaFilter ?? null;
    this.fetchColumnData = options.fetchColumnData ?? true;
    this.fetchLineageData = options.fetchLineageData ?? true;
    this.translation = options.translation ?? null;
    this.defsState = options.defsState ?? {};
  }

  /** The spec of a document before the translation of the file. */
  getAssetSpec(data: SigmaTranslatorData): AssetSpec {
    return this.#base.getAssetSpec(data);
  }

  /**
   * Fetches the organization and writes its state to a file.
   *
   * @throws like {@link saveSigmaSnapshot}
   */
  async writeStateToPath(statePath: string): Promise<void> {
    await saveSigmaSnapshot(this.organization, statePath, this.#loadOptions());
  }

  /**
   * Builds the definitions from a state, without a request.
   *
   * @param statePath file of {@link writeStateToPath}; null without a state, for no assets
   * @throws SnapshotError; TranslatorError
   */
  async buildDefsFromState(statePath: string | null): Promise<Definitions> {
    return statePath === null ? new Definitions() : await this.#load({ snapshotPath: statePath });
  }

  /**
   * Loads the definitions as every other load does: from the saved state, which the first load fetches.
   *
   * @throws like {@link loadSigmaAssetSpecs}
   */
  async loadDefinitions(): Promise<Definitions> {
    const { key, managementType } = this.defsState;
    return await this.#load({
      ...(key == null ? {} : { stateKey: key }),
      ...(managementType === "LEGACY_CODE_SERVER_SNAPSHOTS" ? { refresh: true } : {}),
    });
  }

  async #load(how: LoadSigmaAssetSpecsOptions): Promise<Definitions> {
    const { translation } = this;
    const assets = await loadSigmaAssetSpecs(this.organization, {
      ...this.#loadOptions(),
      ...how,
      dagsterSigmaTranslator: {
        getAssetSpec: (data) => {
          const spec = this.getAssetSpec(data);
          return translation === null ? spec : translation(spec, data);
        },
      },
    });
    return new Definitions({ assets, resources: { sigma: this.organization } });
  }

  #loadOptions(): LoadSigmaAssetSpecsOptions {
    const { sigmaFilter, fetchColumnData, fetchLineageData } = this;
    return { ...(sigmaFilter === null ? {} : { sigmaFilter }), fetchColumnData, fetchLineageData };
  }
}
