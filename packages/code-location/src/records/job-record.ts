import { createHash } from "node:crypto";
import { toPythonJson } from "../wire/python-json.ts";
import { enumMember, type WireRecord } from "../wire/wire-record.ts";
import { configSchemaRecord, opConfigRecord, rootConfig } from "./config-records.ts";
import {
  assetJob,
  assetOutput,
  checkOutput,
  inputName,
  isOutputRequired,
  keyId,
  opsByKey,
  type RunnableOp,
} from "./runnable-op.ts";

/** The job for all assets, as the host expects it. */
export interface EncodedJob {
  readonly job: string;
  readonly jobSnapshotId: string;
}

/**
 * The job that materializes assets (dagster 1.13.27, `JobDataSnap` and `JobSnap`, on the wire `ExternalPipelineData` and
 * `PipelineSnapshot`). All fields are written, because the host computes the id of the snapshot from them.
 *
 * @param lineage where the job was selected from; null for the whole job
 */
export function jobRecord(ops: readonly RunnableOp[], lineage: WireRecord | null = null): WireRecord {
  return {
    __class__: "ExternalPipelineData",
    active_presets: [],
    is_job: true,
    name: assetJob,
    parent_pipeline_snapshot: null,
    pipeline_snapshot: jobSnapshot(ops, lineage),
  };
}

/** Id of the snapshot of a job: the hash of its JSON. */
export function jobSnapshotId(job: WireRecord): string {
  return createHash("sha1")
    .update(toPythonJson(job["pipeline_snapshot"] ?? null))
    .digest("hex");
}

/** The whole job in the list of jobs of a repository. */
export function jobRefRecord(snapshotId: string): WireRecord {
  return {
    __class__: "ExternalJobRef",
    name: assetJob,
    snapshot_id: snapshotId,
    active_presets: [],
    parent_snapshot_id: null,
    preview_tags: {},
    is_legacy_pipeline: false,
  };
}

function jobSnapshot(ops: readonly RunnableOp[], lineage: WireRecord | null): WireRecord {
  const byKey = opsByKey(ops);
  // The host sorts them before it computes the id of the snapshot.
  const byName = [...ops].sort((a, b) => (a.op < b.op ? -1 : 1));
  return {
    __class__: "PipelineSnapshot",
    name: assetJob,
    description: null,
    tags: {},
    graph_def_name: assetJob,
    lineage_snapshot: lineage,
    config_schema_snapshot: configSchemaRecord(ops),
    dagster_type_namespace_snapshot: {
      __class__: "DagsterTypeNamespaceSnapshot",
      all_dagster_type_snaps_by_key: {
        Any: typeRecord("Any", "ANY"),
        Nothing: typeRecord("Nothing", "NOTHING"),
      },
    },
    solid_definitions_snapshot: {
      __class__: "SolidDefinitionsSnapshot",
      composite_solid_def_snaps: [],
      solid_def_snaps: ops.map(opRecord),
    },
    dep_structure_snapshot: {
      __class__: "DependencyStructureSnapshot",
      solid_invocation_snaps: byName.map((op) => invocationRecord(op, byKey)),
    },
    mode_def_snaps: [
      {
        __class__: "ModeDefSnap",
        name: "default",
        description: null,
        resource_def_snaps: [],
        logger_def_snaps: [],
        root_config_key: rootConfig,
      },
    ],
  };
}

function opRecord(runnable: RunnableOp): WireRecord {
  const { op, description, deps, pool } = runnable;
  const output = (name: string): WireRecord => ({
    __class__: "OutputDefSnap",
    name,
    dagster_type_key: "Nothing",
    description: null,
    is_required: isOutputRequired(runnable),
    is_dynamic: false,
  });
  return {
    __class__: "SolidDefSnap",
    name: op,
    description,
    tags: {},
    required_resource_keys: [],
    config_field_snap: opConfigRecord(runnable),
    input_def_snaps: deps.map((_dep, number) => ({
      __class__: "InputDefSnap",
      name: inputName(number),
      dagster_type_key: "Nothing",
      description: null,
    })),
    output_def_snaps: outputNames(runnable).map(output),
    // Without a pool Python leaves the field out, and the id of the snapshot depends on it.
    ...(pool === null ? {} : { pool }),
  };
}

function outputNames({ type, checks }: RunnableOp): readonly string[] {
  const names = checks.map(checkOutput);
  return type === "asset" ? [assetOutput, ...names] : names;
}

/** Each input is listed, also those from assets outside of the job; otherwise the page of the job fails. */
function invocationRecord({ op, deps }: RunnableOp, byKey: ReadonlyMap<string, RunnableOp>): WireRecord {
  return {
    __class__: "SolidInvocationSnap",
    solid_name: op,
    solid_def_name: op,
    tags: {},
    is_dynamic_mapped: false,
    input_dep_snaps: deps.map((dep, number) => {
      const upstream = byKey.get(keyId(dep));
      return {
        __class__: "InputDependencySnap",
        input_name: inputName(number),
        is_dynamic_collect: false,
        upstream_output_snaps:
          upstream === undefined
            ? []
            : [{ __class__: "OutputHandleSnap", solid_name: upstream.op, output_name: assetOutput }],
      };
    }),
  };
}

function typeRecord(name: string, kind: string): WireRecord {
  return {
    __class__: "DagsterTypeSnap",
    key: name,
    name,
    display_name: name,
    description: null,
    is_builtin: true,
    kind: enumMember(`DagsterTypeKind.${kind}`),
    type_param_keys: [],
    loader_schema_key: null,
    materializer_schema_key: null,
  };
}
