import type { WireRecord, WireValue } from "../wire/wire-record.ts";

/** With this name Dagster's web UI shows only the location's name. */
const repositoryName = "__repository__";

/** The contents of a repository in addition to its assets. */
export interface RepositoryParts {
  readonly assetNodes: readonly WireRecord[];
  readonly sensors: readonly WireRecord[];
  readonly assetChecks: readonly WireRecord[];
  readonly resources: readonly WireRecord[];
  /** Consumers by variable. */
  readonly envVars: WireValue;
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
    // Below 1.5, the web UI uses outdated behavior.
    dagster_library_versions: { dagster: dagsterVersion },
    defs_state_info: null,
  };
}

/**
 * The job fields of a repository without jobs: for hosts that fetch jobs later, and for those that expect them at
 * once.
 */
export const jobFields: Readonly<Record<"deferred" | "atOnce", Readonly<Record<string, WireValue>>>> = {
  deferred: { external_job_refs: [], external_pipeline_datas: null },
  atOnce: { external_job_refs: null, external_pipeline_datas: [] },
};

/** All fields of a repository except `jobFields`, which come last. */
export function repositoryFields(parts: RepositoryParts): WireRecord {
  const { assetNodes, sensors, assetChecks, resources, envVars } = parts;
  return {
    __class__: "ExternalRepositoryData",
    name: repositoryName,
    external_schedule_datas: [],
    external_partition_set_datas: [],
    external_sensor_datas: sensors,
    external_asset_graph_data: assetNodes,
    external_resource_data: resources,
    external_asset_checks: assetChecks,
    metadata: {},
    utilized_env_vars: envVars,
  };
}
