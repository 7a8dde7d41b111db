import { existsSync } from "node:fs";
import { basename } from "node:path";
import {
  type AssetSpec,
  type CoercibleToAssetKey,
  type EnvVar,
  type LoadReport,
  resolveEnvVar,
} from "@dagster-sigma/asset-graph";
import { type Diagnostic, sortDiagnostics } from "@dagster-sigma/foundation";
import { buildDiagnostic } from "./diagnostics/diagnostic-codes.ts";
import { type FetchedState, type FetchProgress, fetchState } from "./fetch/fetch-state.ts";
import { buildOrganizationObjects } from "./lineage/build-organization-objects.ts";
import type { ConnectionDefaults } from "./lineage/complete-path.ts";
import { SigmaFilter, type SigmaFilterOptions } from "./organization/sigma-filter.ts";
import type { SigmaOrganization } from "./organization/sigma-organization.ts";
import { readSnapshot, writeSnapshot } from "./snapshot/snapshot-file.ts";
import type { OrganizationState, StateOptions } from "./state/organization-state.ts";
import { restrictState } from "./state/restrict-state.ts";
import { findKeptStates, type KeptState } from "./state-store/find-kept-states.ts";
import { refreshState } from "./state-store/refresh-state.ts";
import { stateDirVariable, stateFile } from "./state-store/state-location.ts";
import { type AssetSpecTransform, DagsterSigmaTranslator } from "./translate/dagster-sigma-translator.ts";
import type { KeyStrategy } from "./translate/default-keys.ts";
import { checkOwnerRules, type OwnerRule } from "./translate/owner-rules.ts";
import { translateOrganization } from "./translate/translate-organization.ts";
import type { LoadedUpstream } from "./translate/upstream-tables.ts";
import type { UpstreamMatcher } from "./upstream/upstream-matcher.ts";

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
}

/**
 * When this variable is set, as `dagster-sigma snapshot -f` does, loads with a `snapshotPath` fetch from Sigma and
 * write the file instead of reading it. The name is that of dagster-sigma in Python.
 */
const snapshotVariable = "DAGSTER_SIGMA_IS_GENERATING_SNAPSHOT";

/** When this variable is set, as `dagster-sigma refresh` does, loads refresh their state first; `full` from scratch. */
export const refreshVariable = "DAGSTER_SIGMA_REFRESH";

/**
 * The asset specs of a Sigma organization: one for each workbook, data model and dataset.
 *
 * @throws SigmaError when the organization cannot be listed; ConfigurationError for wrong options; SnapshotError;
 *   TranslatorError. What goes wrong with single objects is reported with the definitions instead.
 */
export async function loadSigmaAssetSpecs(
  organization: SigmaOrganization,
  options: LoadSigmaAssetSpecsOptions = {},
): Promise<readonly AssetSpec[]> {
  const startedMs = performance.now();
  const stateOptions = resolveStateOptions(options);
  const ownerRules = checkOwnerRules(options.ownerRules ?? []);
  const loaded = await loadState(organization, stateOptions, options);
  const state = restrictState(loaded.state, stateOptions);
  const { objects, diagnostics, outcomes } = buildOrganizationObjects(state, {
    workbookColumns: options.workbookColumns ?? false,
    connections: options.connections ?? {},
    dataModelGranularity: options.dataModelGranularity ?? "model",
  });
  const translator = options.dagsterSigmaTranslator ?? new DagsterSigmaTranslator();
  const translated = translateOrganization(objects, translator, {
    rawMetadata: options.rawMetadata ?? false,
    keys: { strategy: options.keyStrategy ?? "name", renames: options.renames ?? {} },
    upstream: await loadUpstream(options.upstream ?? [], loaded.state),
    groupByFolder: options.groupByFolder ?? false,
    ownerRules,
  });
  const report: LoadReport = {
    source: loaded.source,
    snapshotFile: loaded.snapshotFile,
    stateFile: loaded.stateFile,
    diagnostics: sortDiagnostics([
      ...diagnostics,
      ...translated.diagnostics,
      ...unmatchedDiagnostics(state, stateOptions),
    ]),
    requests: loaded.requests,
    wallMs: Math.round(performance.now() - startedMs),
    fetchedAt: state.header.fetchedAt,
    visibility: state.header.options.visibility ?? "credential",
    matches: translated.matches,
    outcomes,
    notes: loaded.notes ?? [],
  };
  organization.addLoadReport(report);
  return translated.specs.map((spec) =>
    spec.with({ origin: { label: spec.origin?.label ?? spec.key.toUserString(), load: report } }),
  );
}

/** Fetches an organization and writes it to a file, from which `snapshotPath` loads it. */
export async function saveSigmaSnapshot(
  organization: SigmaOrganization,
  file: string,
  options: FetchSigmaOptions = {},
): Promise<OrganizationState> {
  const { state } = await fetchState(organization, resolveStateOptions(options), options);
  await writeSnapshot(file, state);
  return state;
}

function loadUpstream(
  matchers: readonly UpstreamMatcher[],
  { upstreams }: OrganizationState,
): Promise<readonly LoadedUpstream[]> {
  const answers = new Map(upstreams.map(({ id, assets }) => [id, assets]));
  return Promise.all(matchers.map(({ name, load }) => load(answers.get(name) ?? null)));
}

type LoadedState = FetchedState &
  Pick<LoadReport, "source" | "snapshotFile" | "stateFile"> &
  Partial<Pick<LoadReport, "notes">>;

async function loadState(
  organization: SigmaOrganization,
  stateOptions: StateOptions,
  options: LoadSigmaAssetSpecsOptions,
): Promise<LoadedState> {
  const snapshotFile = options.snapshotPath === undefined ? null : resolveEnvVar(options.snapshotPath);
  if (snapshotFile !== null && !process.env[snapshotVariable]) {
    return {
      state: await readSnapshot(snapshotFile),
      requests: 0,
      source: snapshotFile,
      snapshotFile,
      stateFile: null,
    };
  }
  const stateDir = options.stateDir ?? (process.env[stateDirVariable] || null);
  if (stateDir !== null && snapshotFile === null)
    return await loadKept(organization, stateOptions, options, stateDir);
  const fetched = await fetchState(organization, stateOptions, options);
  if (snapshotFile !== null) await writeSnapshot(snapshotFile, fetched.state);
  return { ...fetched, source: fetched.state.header.baseUrl, snapshotFile, stateFile: null };
}

/** From the state in its folder; fetched first where there is none, or where that is asked for. */
async function loadKept(
  organization: SigmaOrganization,
  stateOptions: StateOptions,
  options: LoadSigmaAssetSpecsOptions,
  stateDir: string,
): Promise<LoadedState> {
  const { stateKey } = options;
  const file = stateFile(stateDir, { ...organization.identity(), stateKey, options: stateOptions });
  const isRefreshing = options.refresh === true || Boolean(process.env[refreshVariable]);
  if (!isRefreshing && existsSync(file))
    return {
      state: await readSnapshot(file),
      requests: 0,
      source: file,
      snapshotFile: null,
      stateFile: file,
    };
  const otherOptions = existsSync(file) ? [] : await statesWithOtherOptions(file);
  const { state, requests } = await refreshState(organization, file, stateOptions, {
    ...options,
    full: process.env[refreshVariable] === "full",
  });
  return {
    state,
    requests,
    source: state.header.baseUrl,
    snapshotFile: null,
    stateFile: file,
    notes: otherOptions.map(
      ({ file: other }) => `${other} was made with other options; everything was fetched for those of now.`,
    ),
  };
}

/** States of the same organization and credentials: their names begin alike. */
async function statesWithOtherOptions(file: string): Promise<readonly KeptState[]> {
  const identity = basename(file).replace(/-[^-]*$/, "-");
  return (await findKeptStates(file)).filter((other) => basename(other.file).startsWith(identity));
}

function resolveStateOptions(options: FetchSigmaOptions): StateOptions {
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
  };
}

function unmatchedDiagnostics(state: OrganizationState, options: StateOptions): readonly Diagnostic[] {
  const rows = state.workbooks.map(({ properties }) => properties);
  return new SigmaFilter(options).unmatched(rows).map(({ option, path }) => {
    const name = path.join("/");
    const object = { type: "filter", id: option, name, url: null };
    return buildDiagnostic("FILTER_MATCHED_NOTHING", object, `${option}: no workbook matches "${name}".`);
  });
}
