import type { CoercibleToAssetKey, EnvVar } from "@dagster-sigma/asset-graph";
import type { ConnectionDefaults } from "../derive/lineage/complete-path.ts";
import type {
  AssetSpecTransform,
  DagsterSigmaTranslator,
} from "../derive/translate/dagster-sigma-translator.ts";
import type { KeyStrategy } from "../derive/translate/default-keys.ts";
import type { OwnerRule } from "../derive/translate/owner-rules.ts";
import type { FetchProgress } from "../environment/fetch-progress.ts";
import type { UpstreamMatcher } from "../fetch/table-matchers/upstream-matcher.ts";
import { SigmaFilter, type SigmaFilterOptions } from "../filter/sigma-filter.ts";
import type { StateOptions } from "../state/organization-state.ts";

/** Which part of an organization is fetched, and how. */
export interface FetchSigmaOptions {
  /** Which workbooks to load; all when left out. */
  readonly sigmaFilter?: SigmaFilter | SigmaFilterOptions;
  /** Whether to fetch columns, which give datasets their column schema; true when left out. */
  readonly fetchColumnData?: boolean;
  /** Whether to fetch what documents read; true when left out. Without it no asset depends on another. */
  readonly fetchLineageData?: boolean;
  /**
   * `credential`, the default: what the credentials see. `organization`: what there is, which only credentials of an
   * admin may ask for; others get what they see, and a diagnostic.
   */
  readonly visibility?: "credential" | "organization";
  /**
   * Finds the assets that the rest of the Dagster graph has for warehouse tables; the first match wins. Without any,
   * the key of a table is its path in lower case.
   */
  readonly upstream?: readonly UpstreamMatcher[];
  /**
   * Whether to fetch the badges of documents (endorsed, warning, deprecated), a call for each thousand files; false when
   * left out.
   */
  readonly fetchBadges?: boolean;
  /**
   * Whether workbooks and data models carry their materialization schedules as `dagster_sigma/materialization_schedules`, a
   * call more for each of them; false when left out.
   */
  readonly materializationSchedules?: boolean;
  /** After which a fetch gives up, in ms; no limit when left out. With a kept state the next one goes on where it was. */
  readonly timeBudgetMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FetchProgress) => void;
}

export interface LoadSigmaAssetSpecsOptions extends FetchSigmaOptions {
  /** Changes the specs: an instance of a subclass of DagsterSigmaTranslator, or a function of the default spec. */
  readonly dagsterSigmaTranslator?: DagsterSigmaTranslator | AssetSpecTransform;
  /** A file made by `dagster-sigma snapshot`, from which to load instead of from Sigma. */
  readonly snapshotPath?: string | EnvVar;
  /**
   * Whether workbooks have the columns of their elements as column schema and lineage, as data models have; false when
   * left out, because they make the definitions many times larger.
   */
  readonly workbookColumns?: boolean;
  /** What default keys are made of; `name`, as in Python, when left out. */
  readonly keyStrategy?: KeyStrategy;
  /** Keys of single objects, by the id of the object or by the key that it would have, as `a/b`. */
  readonly renames?: Readonly<Record<string, CoercibleToAssetKey>>;
  /**
   * Whether a data model is one asset, or each of its elements is one and the model their group; `model` when left out.
   * Needs `fetchColumnData`.
   */
  readonly dataModelGranularity?: "model" | "element";
  /** Database and schema of tables whose names leave them out, by the name or id of their connection. */
  readonly connections?: ConnectionDefaults;
  /** Owners besides the member whom Sigma names, such as teams, by path, name, tag or member. */
  readonly ownerRules?: readonly OwnerRule[];
  /** Whether the folder of an object is its group; false when left out. */
  readonly groupByFolder?: boolean;
  /**
   * A folder for the state of the organization: the first load fetches it and keeps it there, later ones start from it
   * without any request. Without it, and without `DAGSTER_SIGMA_STATE_DIR`, each load fetches everything.
   */
  readonly stateDir?: string;
  /** Names the state, in the place of base URL and client id, so that new credentials find it. */
  readonly stateKey?: string;
  /** Whether to fetch what changed before; false when left out. */
  readonly refresh?: boolean;
  /** Whether specs carry Sigma's rows as `dagster_sigma/properties` and `dagster_sigma/lineage`; false when left out. */
  readonly rawMetadata?: boolean;
  /** Whether specs carry the custom SQL of their elements as `dagster_sigma/custom_sql`; false when left out. */
  readonly customSql?: boolean;
}

/** The options of a load that shape what is fetched, with their defaults. */
export function resolveStateOptions(options: FetchSigmaOptions): StateOptions {
  const { workbookFolders, workbooks, includeUnusedDatasets, allow, deny, updatedSince, includeArchived } =
    SigmaFilter.from(options.sigmaFilter);
  return {
    fetchColumnData: options.fetchColumnData ?? true,
    fetchLineageData: options.fetchLineageData ?? true,
    workbookFolders,
    workbooks,
    includeUnusedDatasets,
    allow,
    deny,
    updatedSince,
    includeArchived,
    visibility: options.visibility ?? "credential",
    fetchBadges: options.fetchBadges ?? false,
    ...(options.materializationSchedules === true ? { materializationSchedules: true } : {}),
  };
}
