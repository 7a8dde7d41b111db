import { createHash } from "node:crypto";
import { toPythonJson } from "../wire/python-json.ts";
import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import {
  assetJob,
  assetOutput,
  checkOutput,
  inputName,
  keyId,
  type RunnableAsset,
} from "./runnable-asset.ts";

/** The job for all assets, as the host expects it. */
export interface EncodedJob {
  readonly job: string;
  readonly jobSnapshotId: string;
}

/**
 * Config types of a run: the sections that Dagster has, of which `ops` has no fields, because these assets have no config. So
 * the host refuses wrong config, and not the process of the run.
 */
const rootConfig = "Shape.root";
const anyObject = "Shape.any";
const noFields = "Shape.none";

/**
 * The job that materializes assets (dagster 1.13.27, `JobDataSnap` and `JobSnap`, on the wire `ExternalPipelineData` and
 * `PipelineSnapshot`). All fields are written, because the host computes the id of the snapshot from them.
 *
 * @param lineage where the job was selected from; null for the whole job
 */
export function jobRecord(assets: readonly RunnableAsset[], lineage: WireRecord | null = null): WireRecord {
  return {
    __class__: "ExternalPipelineData",
    active_presets: [],
    is_job: true,
    name: assetJob,
    parent_pipeline_snapshot: null,
    pipeline_snapshot: jobSnapshot(assets, lineage),
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

function jobSnapshot(assets: readonly RunnableAsset[], lineage: WireRecord | null): WireRecord {
  const byKey = new Map(assets.map((asset) => [keyId(asset.key), asset]));
  // The host sorts them before it computes the id of the snapshot.
  const byOp = [...assets].sort((a, b) => (a.op < b.op ? -1 : 1));
  return {
    __class__: "PipelineSnapshot",
    name: assetJob,
    description: null,
    tags: {},
    graph_def_name: assetJob,
    lineage_snapshot: lineage,
    config_schema_snapshot: {
      __class__: "ConfigSchemaSnapshot",
      all_config_snaps_by_key: {
        Any: configType("Any", "ANY", { given_name: "Any" }),
        [anyObject]: configType(anyObject, "PERMISSIVE_SHAPE", { fields: [] }),
        [noFields]: configType(noFields, "STRICT_SHAPE", { fields: [] }),
        [rootConfig]: configType(rootConfig, "STRICT_SHAPE", {
          fields: [
            configField("execution", anyObject),
            configField("loggers", anyObject),
            configField("ops", noFields),
            configField("resources", anyObject),
          ],
        }),
      },
    },
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
      solid_def_snaps: assets.map(opRecord),
    },
    dep_structure_snapshot: {
      __class__: "DependencyStructureSnapshot",
      solid_invocation_snaps: byOp.map((asset) => invocationRecord(asset, byKey)),
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

function opRecord({ op, description, deps, checks }: RunnableAsset): WireRecord {
  const output = (name: string): WireRecord => ({
    __class__: "OutputDefSnap",
    name,
    dagster_type_key: "Nothing",
    description: null,
    is_required: checks.length === 0,
    is_dynamic: false,
  });
  return {
    __class__: "SolidDefSnap",
    name: op,
    description,
    tags: {},
    required_resource_keys: [],
    config_field_snap: null,
    input_def_snaps: deps.map((_dep, number) => ({
      __class__: "InputDefSnap",
      name: inputName(number),
      dagster_type_key: "Nothing",
      description: null,
    })),
    output_def_snaps: [assetOutput, ...checks.map(checkOutput)].map(output),
  };
}

/** Each input is listed, also those from assets outside of the job; otherwise the page of the job fails. */
function invocationRecord(
  { op, deps }: RunnableAsset,
  byKey: ReadonlyMap<string, RunnableAsset>,
): WireRecord {
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

function configType(key: string, kind: string, more: Readonly<Record<string, WireValue>>): WireRecord {
  return {
    __class__: "ConfigTypeSnap",
    key,
    kind: enumMember(`ConfigTypeKind.${kind}`),
    given_name: null,
    description: null,
    enum_values: null,
    fields: null,
    scalar_kind: null,
    type_param_keys: null,
    ...more,
  };
}

function configField(name: string, typeKey: string): WireRecord {
  return {
    __class__: "ConfigFieldSnap",
    name,
    type_key: typeKey,
    is_required: false,
    default_provided: true,
    default_value_as_json_str: "{}",
    description: null,
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
