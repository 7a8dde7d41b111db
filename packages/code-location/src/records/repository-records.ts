import { WireJson, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import { type EncodedJob, jobRefRecord } from "./job-record.ts";
import type { RunOrigin } from "./run-origin.ts";

/** With this name Dagster's web UI shows only the location's name. */
export const repositoryName = "__repository__";

/** The contents of a repository in addition to its assets. */
export interface RepositoryParts {
  readonly assetNodes: readonly WireRecord[];
  readonly sensors: readonly WireRecord[];
  readonly assetChecks: readonly WireRecord[];
  readonly resources: readonly WireRecord[];
  /** Consumers by variable. */
  readonly envVars: WireValue;
}

/** The answer to the first call of every load. Dagster keeps with each run what starts it: all fields of the origin. */
export function listRepositoriesRecord(dagsterVersion: string, origin: RunOrigin | null): WireRecord {
  return {
    __class__: "ListRepositoriesResponse",
    repository_symbols: [
      { __class__: "LoadableRepositorySymbol", repository_name: repositoryName, attribute: repositoryName },
    ],
    executable_path: origin?.python ?? null,
    repository_code_pointer_dict: {
      [repositoryName]: origin === null ? loadFunction : definitionsPointer(origin.file),
    },
    entry_point: origin === null ? ["dagster"] : [origin.python, "-m", "dagster"],
    container_image: origin?.containerImage ?? null,
    container_context:
      origin?.containerContext == null ? null : new WireJson(JSON.stringify(origin.containerContext)),
    // Below 1.5, the web UI uses outdated behavior.
    dagster_library_versions: { dagster: dagsterVersion },
    defs_state_info: null,
  };
}

/** Runs call a function of the Python package dagster-typescript with the definitions file. */
function definitionsPointer(file: string): WireRecord {
  return {
    __class__: "CustomPointer",
    reconstructor_pointer: loadFunction,
    reconstructable_args: [file],
    reconstructable_kwargs: [],
  };
}

const loadFunction: WireRecord = {
  __class__: "ModuleCodePointer",
  module: "dagster_typescript.worker.location",
  fn_name: "load",
  working_directory: null,
};

/**
 * The job fields of a repository: `deferred` for hosts that fetch jobs later, `atOnce` for those that expect them in the
 * repository (dagster 1.9).
 */
export function jobFields(
  jobs: JobDelivery,
  encoded: EncodedJob | null,
): Readonly<Record<string, WireValue>> {
  return jobs === "deferred"
    ? {
        external_job_refs: encoded === null ? [] : [jobRefRecord(encoded.jobSnapshotId)],
        external_pipeline_datas: null,
      }
    : {
        external_job_refs: null,
        external_pipeline_datas: encoded === null ? [] : [new WireJson(encoded.job)],
      };
}

/** When the host gets the jobs. */
export type JobDelivery = "deferred" | "atOnce";

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
