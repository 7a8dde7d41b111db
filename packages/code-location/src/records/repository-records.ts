import type { WireRecord, WireValue } from "../wire/wire-record.ts";

/** The name with which Dagster's page shows the location alone. */
const repositoryName = "__repository__";

/** What a repository has besides its assets. */
export interface RepositoryParts {
  readonly assetNodes: readonly WireRecord[];
  readonly sensors: readonly WireRecord[];
  readonly assetChecks: readonly WireRecord[];
}

/** The answer to the first call of every load. */
export function listRepositoriesRecord(dagsterVersion: string): WireRecord {
  return {
    __class__: "ListRepositoriesResponse",
    repository_symbols: [
      { __class__: "LoadableRepositorySymbol", repository_name: repositoryName, attribute: repositoryName },
    ],
    executable_path: null,
    repository_code_pointer_dict: {
      [repositoryName]: {
        __class__: "ModuleCodePointer",
        module: "dagster_sigma",
        fn_name: "definitions",
        working_directory: null,
      },
    },
    entry_point: ["dagster"],
    container_image: null,
    container_context: null,
    // Below 1.5 the page falls back to what it did then.
    dagster_library_versions: { dagster: dagsterVersion },
    defs_state_info: null,
  };
}

/** The end of a repository without jobs, for hosts that fetch them later, and for those that want them at once. */
export const jobFields: Readonly<Record<"deferred" | "atOnce", Readonly<Record<string, WireValue>>>> = {
  deferred: { external_job_refs: [], external_pipeline_datas: null },
  atOnce: { external_job_refs: null, external_pipeline_datas: [] },
};

/** Everything of a repository, but for `jobFields`, which come last. */
export function repositoryFields({ assetNodes, sensors, assetChecks }: RepositoryParts): WireRecord {
  return {
    __class__: "ExternalRepositoryData",
    name: repositoryName,
    external_schedule_datas: [],
    external_partition_set_datas: [],
    external_sensor_datas: sensors,
    external_asset_graph_data: assetNodes,
    external_resource_data: [],
    external_asset_checks: assetChecks,
    metadata: {},
    utilized_env_vars: {},
  };
}
