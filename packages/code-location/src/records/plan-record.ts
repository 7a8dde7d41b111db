import { enumMember, type WireRecord, type WireValue } from "../wire/wire-record.ts";
import {
  assetOutput,
  checkOutput,
  inputName,
  isOutputRequired,
  keyId,
  opsByKey,
  type RunnableOp,
} from "./runnable-op.ts";

/**
 * The steps of a run: one per asset or check (dagster 1.13.27, `ExecutionPlanSnapshot`). The worker plans again from the definitions of
 * Python, which have the same names.
 *
 * @param request.stepKeys the steps to execute; null for all
 * @param request.knownState outputs of the run that this one continues, as the host sent it; null without one
 */
export function planRecord(
  ops: readonly RunnableOp[],
  request: {
    readonly snapshotId: string;
    readonly stepKeys: readonly string[] | null;
    readonly knownState: WireValue;
  },
): WireRecord {
  const byKey = opsByKey(ops);
  return {
    __class__: "ExecutionPlanSnapshot",
    steps: ops.map((op) => stepRecord(op, byKey)),
    artifacts_persisted: true,
    pipeline_snapshot_id: request.snapshotId,
    step_keys_to_execute: request.stepKeys ?? ops.map(({ op }) => op),
    initial_known_state: request.knownState,
    snapshot_version: 1,
    executor_name: "in_process",
  };
}

function stepRecord(runnable: RunnableOp, byKey: ReadonlyMap<string, RunnableOp>): WireRecord {
  const { op, deps, pool } = runnable;
  const handle: WireRecord = { __class__: "SolidHandle", name: op, parent: null };
  return {
    __class__: "ExecutionStepSnap",
    key: op,
    inputs: deps.flatMap((dep, number) => {
      const upstream = byKey.get(keyId(dep));
      return upstream === undefined ? [] : [inputRecord(inputName(number), upstream)];
    }),
    outputs: outputRecords(runnable, handle),
    solid_handle_id: op,
    kind: enumMember("StepKind.COMPUTE"),
    metadata_items: [],
    tags: {},
    step_handle: { __class__: "StepHandle", solid_handle: handle, key: op },
    ...(pool === null ? {} : { pool }),
  };
}

function inputRecord(name: string, upstream: RunnableOp): WireRecord {
  return {
    __class__: "ExecutionStepInputSnap",
    name,
    dagster_type_key: "Nothing",
    upstream_output_handles: [
      { __class__: "StepOutputHandle", step_key: upstream.op, output_name: assetOutput, mapping_key: null },
    ],
    source: null,
  };
}

function outputRecords(runnable: RunnableOp, handle: WireRecord): readonly WireRecord[] {
  const { type, key, checks } = runnable;
  const assetKey: WireRecord = { __class__: "AssetKey", path: key };
  const output = (name: string, more: Readonly<Record<string, WireValue>>): WireRecord => ({
    __class__: "ExecutionStepOutputSnap",
    name,
    dagster_type_key: "Nothing",
    solid_handle: handle,
    properties: {
      __class__: "StepOutputProperties",
      is_required: isOutputRequired(runnable),
      is_dynamic: false,
      is_asset: false,
      should_materialize: false,
      asset_key: null,
      is_asset_partitioned: false,
      asset_check_key: null,
      ...more,
    },
  });
  return [
    ...(type === "asset" ? [output(assetOutput, { is_asset: true, asset_key: assetKey })] : []),
    ...checks.map((name) =>
      output(checkOutput(name), {
        asset_check_key: { __class__: "AssetCheckKey", asset_key: assetKey, name },
      }),
    ),
  ];
}
