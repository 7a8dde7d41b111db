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
import type { SigmaMaterializable } from "../materialize/attach-executions.ts";
import type { ExecutionOptions } from "../materialize/sigma-execution.ts";
import type { StateOptions } from "../state/organization-state.ts";

/** Options that control fetching. */
export interface FetchSigmaOptions {
  /** Workbooks to load (default: all). */
  readonly sigmaFilter?: SigmaFilter | SigmaFilterOptions;
  /** Fetches columns, for column schemas and column lineage (default: true). */
  readonly fetchColumnData?: boolean;
  /** Fetches the sources of documents (default: true). Without them, assets have no dependencies. */
  readonly fetchLineageData?: boolean;
  /**
   * `credential` loads what the credentials can see, `organization` everything, which requires an admin's credentials
   * (default: `credential`). Other users get what they can see, and the diagnostic `VISIBILITY_LIMITED`.
   */
  readonly visibility?: "credential" | "organization";
  /**
   * Matchers that find the assets of other tools for warehouse tables, in order of precedence (default: none). A table
   * without a match has its path in lower case as key.
   *
   *     upstream: [explicitMap({ "raw.events": ["ingest", "events"] }), dbtManifest("target/manifest.json")]
   */
  readonly upstream?: readonly UpstreamMatcher[];
  /**
   * Fetches the badges of documents (endorsed, warning, deprecated) as the tag `sigma_badge`, with one call per thousand
   * files (default: false).
   */
  readonly fetchBadges?: boolean;
  /**
   * Fetches the materialization schedules of workbooks and data models as the metadata
   * `dagster_sigma/materialization_schedules`, with one extra call per document (default: false).
   */
  readonly materializationSchedules?: boolean;
  /**
   * Fetches the code representation (`/spec`, beta in Sigma) of documents whose lineage stayed incomplete, with one call for
   * each (default: false). It contains warehouse paths, the elements of data models, the columns of unions, join keys and
   * metrics.
   */
  readonly spec?: boolean;
  /**
   * Time limit of a fetch, in ms (default: none). When it expires, the load throws `TIME_BUDGET_SPENT`; with a stored
   * state, the next fetch continues from there.
   */
  readonly timeBudgetMs?: number;
  /**
   * Maximum number of calls for single tables in a fetch (default: 500). They are made for tables whose paths the listings do
   * not contain; the next refresh continues with the rest.
   */
  readonly maxTableLookups?: number;
  /** Cancels the load, which rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with the progress of a fetch (default: the listener of the {@link LoadEnvironment}). */
  readonly onProgress?: (progress: FetchProgress) => void;
}

/** Options of {@link loadSigmaAssetSpecs}. */
export interface LoadSigmaAssetSpecsOptions extends FetchSigmaOptions {
  /**
   * Customizes the specs: an instance of a subclass of {@link DagsterSigmaTranslator}, or a function `(spec, data) => spec`.
   * It may be called twice per object and must be pure.
   */
  readonly dagsterSigmaTranslator?: DagsterSigmaTranslator | AssetSpecTransform;
  /** A file written by `dagster-sigma snapshot`; the load reads it instead of calling Sigma. Takes precedence over `stateDir`. */
  readonly snapshotPath?: string | EnvVar;
  /**
   * Includes the columns of workbooks in column schemas and column lineage (default: false, because they make the
   * definitions many times larger).
   */
  readonly workbookColumns?: boolean;
  /** How default keys are built (default: `name`, as in Python). */
  readonly keyStrategy?: KeyStrategy;
  /** Keys of single objects, by the object's id or default key (`a/b`). They take precedence over all other default keys. */
  readonly renames?: Readonly<Record<string, CoercibleToAssetKey>>;
  /**
   * `model`: a data model is one asset. `element`: each of its elements is an asset, and the model is their group. Requires
   * `fetchColumnData` (default: `model`).
   */
  readonly dataModelGranularity?: "model" | "element";
  /** Default database and schema of short table names, by the name or id of the connection (default: none). */
  readonly connections?: ConnectionDefaults;
  /** Owners in addition to the document's owner in Sigma, by path, name, tag or member (default: none). */
  readonly ownerRules?: readonly OwnerRule[];
  /** Uses the folder of an object as its group (default: false). */
  readonly groupByFolder?: boolean;
  /**
   * Folder for the state of the organization. The first load fetches the organization and stores its state; later loads
   * read it without any request (default: `DAGSTER_SIGMA_STATE_DIR`; without it, each load fetches everything).
   */
  readonly stateDir?: string;
  /** Names the state instead of base URL and client id, so that it is found after a change of credentials. */
  readonly stateKey?: string;
  /** Number of replaced states to keep for comparison (default: `DAGSTER_SIGMA_KEEP_STATES`, or 7). */
  readonly keepStates?: number;
  /** Fetches changes before using the stored state (default: false, or as `DAGSTER_SIGMA_REFRESH` says). */
  readonly refresh?: boolean;
  /**
   * Makes documents with materialization schedules executable: materializing the asset materializes the scheduled elements
   * in Sigma. A function selects documents. Fetches the schedules, like `materializationSchedules`. Documents without
   * schedules stay external; a note of the load counts them (default: false).
   */
  readonly materialize?: boolean | ((document: SigmaMaterializable) => boolean);
  /**
   * Marks live workbooks and data models, which have no materialization schedule, as virtual: they read their sources when they
   * are opened, as views do (default: those whose schedules are known, with `materialize` or `materializationSchedules`;
   * none otherwise, because the schedules cost one call per document). With `true`, all whose schedules are unknown are
   * virtual, too. Virtual assets are a preview in Dagster 1.13, and are left out for older versions.
   */
  readonly virtual?: boolean;
  /** Limits of the materializations that `materialize` enables (default: see {@link ExecutionOptions}). */
  readonly materializeOptions?: Omit<ExecutionOptions, "elements">;
  /** Adds Sigma's rows as `dagster_sigma/properties` and `dagster_sigma/lineage` (default: false). */
  readonly rawMetadata?: boolean;
  /** Adds the custom SQL of workbooks and data models as `dagster_sigma/custom_sql` (default: false). */
  readonly customSql?: boolean;
}

function isMaterializing(options: FetchSigmaOptions | LoadSigmaAssetSpecsOptions): boolean {
  return "materialize" in options && options.materialize !== undefined && options.materialize !== false;
}

/** The options that affect fetching, with defaults applied. */
export function resolveStateOptions(options: FetchSigmaOptions | LoadSigmaAssetSpecsOptions): StateOptions {
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
    ...(options.materializationSchedules === true || isMaterializing(options)
      ? { materializationSchedules: true }
      : {}),
    ...(options.spec === true ? { spec: true } : {}),
  };
}
