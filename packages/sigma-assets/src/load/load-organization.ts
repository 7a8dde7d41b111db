import { existsSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LoadReport, resolveEnvVar } from "@dagster-sigma/asset-graph";
import { lineageAnswers } from "../derive/lineage/lineage-answers.ts";
import { buildOrganizationObjects, type JoinOptions } from "../derive/objects/build-organization-objects.ts";
import { restrictState } from "../derive/restrict-state.ts";
import { type EarlierLoad, type LoadEnvironment, loadEnvironment } from "../environment/load-environment.ts";
import { StateError } from "../errors.ts";
import { fetchState } from "../fetch/fetch-state.ts";
import { refreshState } from "../fetch/refresh-state.ts";
import { findKeptStates, type KeptState } from "../fetch/store/find-kept-states.ts";
import { foreignOwnerNote } from "../fetch/store/foreign-owner.ts";
import { readSnapshot, writeSnapshot } from "../fetch/store/snapshot-file.ts";
import { stateFile } from "../fetch/store/state-location.ts";
import type { SigmaOrganization } from "../organization/sigma-organization.ts";
import type { OrganizationState, StateOptions } from "../state/organization-state.ts";
import { chooseEarlier } from "./choose-earlier.ts";
import { GraphCache, type OrganizationGraph } from "./graph-cache.ts";
import type { LoadSigmaAssetSpecsOptions } from "./load-options.ts";

/** A loaded organization before translation, and its source. */
export type LoadedOrganization = OrganizationGraph &
  Pick<LoadReport, "source" | "snapshotFile" | "stateFile" | "requests" | "notes">;

type Options = Pick<
  LoadSigmaAssetSpecsOptions,
  Exclude<keyof LoadSigmaAssetSpecsOptions, "sigmaFilter" | "fetchColumnData" | "fetchLineageData">
>;

/** Loads from a snapshot, a stored state or Sigma, depending on options and environment. */
export async function loadOrganization(
  organization: SigmaOrganization,
  stateOptions: StateOptions,
  options: Options,
): Promise<LoadedOrganization> {
  const environment = loadEnvironment();
  const loader = new Loader(organization, stateOptions, options, environment);
  const snapshotFile = options.snapshotPath === undefined ? null : resolveEnvVar(options.snapshotPath);
  const stateDir = options.stateDir ?? environment.stateDir;
  if (environment.earlier !== null) {
    const present = snapshotFile ?? (stateDir === null ? null : loader.fileIn(stateDir));
    return await loader.fromEarlier(environment.earlier, present);
  }
  if (snapshotFile !== null && environment.snapshot === "read")
    return await loader.fromSnapshot(snapshotFile);
  if (stateDir !== null && snapshotFile === null) return await loader.fromStateIn(stateDir);
  return await loader.fromSigma(snapshotFile);
}

/** How long a first load waits for the first fetch of another process, in ms. */
const maxWaitMs = 60_000;
const waitPauseMs = 200;

class Loader {
  readonly #organization: SigmaOrganization;
  readonly #stateOptions: StateOptions;
  readonly #options: Options;
  readonly #environment: LoadEnvironment;
  readonly #joinOptions: Required<JoinOptions>;

  constructor(
    organization: SigmaOrganization,
    stateOptions: StateOptions,
    options: Options,
    environment: LoadEnvironment,
  ) {
    this.#environment = environment;
    this.#organization = organization;
    this.#stateOptions = stateOptions;
    this.#options = options;
    this.#joinOptions = {
      workbookColumns: options.workbookColumns ?? false,
      connections: options.connections ?? {},
      dataModelGranularity: options.dataModelGranularity ?? "model",
    };
  }

  async fromSnapshot(snapshotFile: string): Promise<LoadedOrganization> {
    const graph = this.#join(await readSnapshot(snapshotFile));
    return { ...graph, source: snapshotFile, snapshotFile, stateFile: null, requests: 0, notes: [] };
  }

  /** @param snapshotFile file to write the state to; null for none */
  async fromSigma(snapshotFile: string | null): Promise<LoadedOrganization> {
    const { state, requests } = await fetchState(this.#organization, this.#stateOptions, this.#options);
    if (snapshotFile !== null) await writeSnapshot(snapshotFile, state);
    return {
      ...this.#join(state),
      source: state.header.baseUrl,
      snapshotFile,
      stateFile: null,
      requests,
      notes: [],
    };
  }

  /** The file of the stored state. */
  fileIn(stateDir: string): string {
    const { stateKey } = this.#options;
    return stateFile(stateDir, { ...this.#organization.identity(), stateKey, options: this.#stateOptions });
  }

  /** @param present file of the present state; null without one */
  async fromEarlier(earlier: EarlierLoad, present: string | null): Promise<LoadedOrganization> {
    const file = await chooseEarlier(earlier, present);
    if (file === null) throw StateError.noneEarlier(this.#organization.identity().baseUrl);
    const graph = this.#join(await readSnapshot(file, "state"));
    return { ...graph, source: file, snapshotFile: null, stateFile: null, requests: 0, notes: [] };
  }

  /** Loads the stored state. Fetches it first if it does not exist or a refresh is requested. */
  async fromStateIn(stateDir: string): Promise<LoadedOrganization> {
    const file = this.fileIn(stateDir);
    const isRefreshing = this.#options.refresh === true || this.#environment.refresh !== "no";
    const owner = await foreignOwnerNote(file);
    const loaded = isRefreshing ? await this.#refreshed(file) : await this.#keptOrFetched(file);
    return { ...loaded, notes: [...(owner === null ? [] : [owner]), ...loaded.notes] };
  }

  /**
   * The stored state; without one, it is fetched. Processes that load for the first time at the same time (Dagster starts several)
   * wait for the one that fetches, and fetch themselves if it failed.
   */
  async #keptOrFetched(file: string): Promise<LoadedOrganization> {
    const { signal } = this.#options;
    const startedMs = performance.now();
    for (;;) {
      if (existsSync(file)) return await this.#kept(file);
      try {
        return await this.#refreshed(file);
      } catch (thrown) {
        const isLocked = thrown instanceof StateError && thrown.code === "STATE_LOCKED";
        if (!isLocked || performance.now() - startedMs >= maxWaitMs) throw thrown;
      }
      await sleep(waitPauseMs, undefined, signal === undefined ? {} : { signal });
    }
  }

  async #kept(file: string): Promise<LoadedOrganization> {
    const cache = this.#cacheOf(file);
    const { graph: known, damagedFile } = (await cache?.read()) ?? { graph: null, damagedFile: null };
    const graph = known ?? this.#join(await readSnapshot(file, "state"));
    if (known === null) await cache?.write(graph);
    const notes =
      damagedFile === null ? [] : [`${damagedFile} was damaged, and was computed again from the state.`];
    return { ...graph, source: file, snapshotFile: null, stateFile: file, requests: 0, notes };
  }

  async #refreshed(file: string): Promise<LoadedOrganization> {
    const otherOptions = existsSync(file) ? [] : await statesWithOtherOptions(file);
    const { graph, requests, notes } = await this.#refreshAndJoin(file);
    await this.#cacheOf(file)?.write(graph);
    return {
      ...graph,
      source: graph.header.baseUrl,
      snapshotFile: null,
      stateFile: file,
      requests,
      notes: [
        ...notes,
        ...otherOptions.map(
          ({ file: other }) =>
            `${other} was created with other options; everything was fetched again for the current ones.`,
        ),
      ],
    };
  }

  /** Does not keep the state, most of which is not needed afterwards. */
  async #refreshAndJoin(
    file: string,
  ): Promise<Pick<LoadedOrganization, "requests" | "notes"> & { readonly graph: OrganizationGraph }> {
    const { state, requests, notes } = await refreshState(this.#organization, file, this.#stateOptions, {
      ...this.#options,
      full: this.#environment.refresh === "full",
      keepStates: this.#options.keepStates ?? this.#environment.keepStates,
    });
    return { graph: this.#join(state), requests, notes };
  }

  /** Null if the specs contain Sigma's rows, which are not cached. */
  #cacheOf(file: string): GraphCache | null {
    return this.#options.rawMetadata === true ? null : new GraphCache(file, this.#joinOptions);
  }

  #join(loaded: OrganizationState): OrganizationGraph {
    const state = restrictState(loaded, this.#stateOptions);
    const joined = buildOrganizationObjects(state, this.#joinOptions);
    return { header: state.header, upstreams: loaded.upstreams, joined, lineage: lineageAnswers(state) };
  }
}

/** States of the same organization and credentials, whose file names have the same prefix. */
async function statesWithOtherOptions(file: string): Promise<readonly KeptState[]> {
  const identity = basename(file).replace(/-[^-]*$/, "-");
  return (await findKeptStates(file)).filter((other) => basename(other.file).startsWith(identity));
}
